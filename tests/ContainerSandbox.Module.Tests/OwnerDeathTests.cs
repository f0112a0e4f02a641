using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>When the process that owns a sandbox is killed, its containers end with it.</summary>
public sealed class OwnerDeathTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Kill_OfAnOwnerAtWork_EndsSlotsEnvironmentsAndCommands()
    {
        TestEngine.Require();
        using var owner = OtherOwner.Start(
            """
            $null = Initialize-Sandbox -Name death-at-work -WarmupContainers 2
            'a', 'b' | ForEach-Object { $null = New-AgentEnvironment -AgentId $_ }
            $null = Invoke-AgentCommand a 'trap "" TERM HUP INT; (setsid sleep 600 &)'
            [Console]::WriteLine('ready')
            $null = Invoke-AgentCommand b 'sleep 600'
            """);
        await owner.ReadLineAsync();
        Assert.NotEmpty(await RunningAsync("death-at-work"));

        await owner.KillAsync();

        await AssertNoneRunsAsync("death-at-work");
    }

    [Theory]
    [InlineData(100)]
    [InlineData(400)]
    [InlineData(900)]
    public async Task Kill_DuringTheFilling_LeavesNothingRunning_AndNothingAtAllAfterTheNextInitialization(int milliseconds)
    {
        TestEngine.Require();
        using var owner = OtherOwner.Start(
            "[Console]::WriteLine('starting'); $null = Initialize-Sandbox -Name death-filling -WarmupContainers 6; [Threading.Thread]::Sleep(-1)");
        await owner.ReadLineAsync();
        Assert.True(await TestEngine.EventuallyAsync(async () => (await TestEngine.ContainersOfNameAsync("death-filling")).Length > 0));
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System);

        await owner.KillAsync();

        await AssertNoneRunsAsync("death-filling");
        using var next = ModuleRunspace.OpenInitialized("-Name survivor -WarmupContainers 1");
        Assert.Empty(await TestEngine.ContainersOfNameAsync("death-filling"));
        Assert.NotEmpty(await TestEngine.ContainersOfNameAsync("survivor"));
    }

    private static Task<string[]> RunningAsync(string name) => TestEngine.RunningOfNameAsync(name);

    private static async Task AssertNoneRunsAsync(string name)
    {
        var start = TimeProvider.System.GetTimestamp();
        while ((await RunningAsync(name)).Length > 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Limit, $"{string.Join(", ", await RunningAsync(name))} still run after {Limit.TotalSeconds} s");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
