using ContainerSandbox.Testing;

namespace ContainerSandbox.Engine.Tests.Model;

/// <summary>A sandbox that lives long costs what it cost at first. Alone, because everything in the process is counted.</summary>
[Collection(nameof(Alone))]
public sealed class LongLifeTests
{
    private const int WarmUp = 2_000;
    private const int Claims = 20_000;
    private const int AtOnce = 4;

    [Fact]
    public async Task Twenty_thousand_claims_leave_memory_threads_and_handles_as_they_were()
    {
        await using var rig = await SandboxRig.OpenAsync(8);
        rig.Backend.RemembersAll = rig.Backend.Feed.RemembersAll = false;
        using var stop = new CancellationTokenSource();
        var time = PassingTime.RunAsync(rig.Clock, stop.Token);
        await ClaimAsync(rig, WarmUp);
        await rig.UntilFullAsync();
        var before = ProcessCost.Now();
        await ClaimAsync(rig, Claims);
        await rig.UntilFullAsync();
        var after = ProcessCost.Now();
        await stop.CancelAsync();
        await time;

        // A hundred bytes kept of each claim would show, and one handle or thread of a hundred.
        Assert.True(after.Bytes - before.Bytes < Claims * 100, $"{after.Bytes - before.Bytes} bytes more");
        Assert.True(after.Handles - before.Handles < Claims / 100, $"{after.Handles - before.Handles} handles more");
        Assert.True(after.Threads - before.Threads < Claims / 100, $"{after.Threads - before.Threads} threads more");
        Assert.Equal(200, rig.Sandbox.GetMetrics().Count);
        Assert.Equal(WarmUp + Claims, rig.Sandbox.GetSummary().Claims);
        Assert.Equal(WarmUp + Claims, rig.Starts);
    }

    private static Task ClaimAsync(SandboxRig rig, int claims) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
    {
        for (var claim = 0; claim < claims / AtOnce; claim++)
        {
            // Nobody names it, so each claim is that of a new agent.
            var environment = await rig.ClaimAsync(agentId: null);
            await rig.Sandbox.RemoveEnvironmentAsync(environment.AgentId, null, TimeSpan.Zero, rig.Observer, CancellationToken.None);
        }
    })));
}
