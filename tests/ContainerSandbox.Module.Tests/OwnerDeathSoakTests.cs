using System.Globalization;
using ContainerSandbox.Module.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace ContainerSandbox.Module.Tests;

/// <summary>
/// Whatever the owner of a sandbox was doing when it was killed, nothing runs on and nothing stays. Moments are drawn at random;
/// <c>CONTAINERSANDBOX_SOAK_SEED</c> in the environment draws those of a seed that was printed, and <c>CONTAINERSANDBOX_SOAK_KILLS=200</c> makes the
/// run that long.
/// </summary>
public sealed class OwnerDeathSoakTests(ITestOutputHelper output)
{
    private const int UsualKills = 2;
    private const string Name = "death-any-time";
    private static readonly string[] Moments = ["filling", "claiming", "commanding", "removing"];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    // A start that was under way at the kill may still surface.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Kill_AtAnyMoment_LeavesNothingRunning_AndNothingAtAllAfterTheNextInitialization()
    {
        TestEngine.Require();
        var seed = Setting("CONTAINERSANDBOX_SOAK_SEED", Environment.TickCount);
        var kills = Setting("CONTAINERSANDBOX_SOAK_KILLS", UsualKills);
        output.WriteLine($"{kills} kills, seed {seed}");
        var random = new Random(seed);
        for (var kill = 0; kill < kills; kill++)
        {
            // All of them in turn, from one that is drawn on, so that a short run meets each.
            var moment = Moments[(kill + seed & int.MaxValue) % Moments.Length];
            var round = random.Next(1, 3);
            var within = random.NextDouble() * (moment == "filling" ? 2000 : 200);
            await KillAsync(moment, round, TimeSpan.FromMilliseconds(within));
            var until = await UntilNoneRunsAsync();
            var neverStarted = (await TestEngine.ContainersOfNameAsync(Name)).Length;
            using (ModuleRunspace.OpenInitialized("-Name next -WarmupContainers 1"))
                Assert.Empty(await TestEngine.ContainersOfNameAsync(Name));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{moment} {round} + {within:0} ms: none runs after {until.TotalSeconds:0.00} s, {neverStarted} never started"));
        }
    }

    private static async Task KillAsync(string moment, int round, TimeSpan within)
    {
        using var owner = OtherOwner.Start(
            $$"""
            [Console]::WriteLine('filling')
            $null = Initialize-Sandbox -Name {{Name}} -WarmupContainers 3
            while ($true) {
              [Console]::WriteLine('claiming')
              $null = 'a', 'b', 'c', 'd' | ForEach-Object { New-AgentEnvironment -AgentId $_ }
              [Console]::WriteLine('commanding')
              $null = 'a', 'b' | ForEach-Object { Invoke-AgentCommand $_ 'trap "" TERM HUP INT; (setsid sleep 600 &); sleep 0.1' }
              [Console]::WriteLine('removing')
              $null = Remove-AgentEnvironment * -GracePeriod 300ms
            }
            """);
        for (var left = moment == "filling" ? 1 : round; left > 0;)
            left -= await owner.ReadLineAsync() == moment ? 1 : 0;
        await Task.Delay(within, TimeProvider.System);
        await owner.KillAsync();
    }

    private static async Task<TimeSpan> UntilNoneRunsAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        var none = TimeSpan.Zero;
        for (var ran = true; ran || TimeProvider.System.GetElapsedTime(start) - none < Quiet;)
        {
            var before = ran;
            ran = (await TestEngine.RunningOfNameAsync(Name)).Length > 0;
            if (before && !ran)
                none = TimeProvider.System.GetElapsedTime(start);
            Assert.False(ran && TimeProvider.System.GetElapsedTime(start) > Limit, $"Containers still run {Limit.TotalSeconds} s after their owner's end.");
            await Task.Delay(Look, TimeProvider.System);
        }

        return none;
    }

    private static int Setting(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } asked ? int.Parse(asked, CultureInfo.InvariantCulture) : usual;
}
