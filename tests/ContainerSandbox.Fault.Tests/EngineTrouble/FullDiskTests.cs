using ContainerSandbox.Testing;
using Xunit.Abstractions;

namespace ContainerSandbox.Fault.Tests.EngineTrouble;

/// <summary>An engine whose disk is full makes no containers; those that there are work on, and all is well when there is room again.</summary>
[Collection(nameof(EngineTrouble))]
public sealed class FullDiskTests(ITestOutputHelper output)
{
    private const int Disk = 96;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task What_is_ready_serves_nothing_half_made_stays_and_the_pool_recovers_with_the_room()
    {
        await using var engine = await PrivateEngine.StartOnSmallDiskAsync(Disk);
        await using var rig = await TroubleRig.OpenAsync(engine, output);
        await rig.ClaimAsync("before");
        await rig.UntilFullAsync();
        var filler = Path.Combine(engine.DataFolder, "filler");
        Fill(filler);

        await rig.ClaimAsync("first");
        await rig.ClaimAsync("second");
        Assert.Equal("Warm Warm", $"{rig.OutcomeOf("Claim first")} {rig.OutcomeOf("Claim second")}");
        await TroubleRig.UntilAsync("the pool says that it cannot be filled", Soon, () => rig.Sandbox.GetPools()[0].State == PoolState.Degraded);
        Assert.Contains("no space left", rig.Sandbox.GetPools()[0].LastError, StringComparison.Ordinal);
        await rig.Caller.ClaimAsync("third");
        Assert.Equal("EngineError", rig.OutcomeOf("Claim third"));
        foreach (var agent in new[] { "before", "first", "second" })
            await rig.Caller.RunAsync(agent, "echo more > /workspace/file; cat /workspace/file", "more\n");
        Assert.All(rig.Caller.Answers.TakeLast(3), answer => Assert.Equal("Done", answer.Outcome));
        await Eventually.HoldsAsync("nothing but the environments is there", Soon, async () =>
            (await rig.ContainersAsync()).ToHashSet().SetEquals(rig.Sandbox.GetEnvironments().Select(environment => environment.ContainerId)));

        File.Delete(filler);
        await rig.UntilFullAsync();
        Assert.Equal(PoolState.Ready, rig.Sandbox.GetPools()[0].State);
        await rig.ClaimAsync("third");
        await rig.EndAsync();
    }

    // To the last block: what the engine writes is small.
    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var block = new byte[1024 * 1024]; block.Length >= 512; block = new byte[block.Length / 2])
        {
            try
            {
                while (true)
                    file.Write(block);
            }
            catch (IOException)
            {
                continue;
            }
        }
    }
}
