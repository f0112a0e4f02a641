using ContainerSandbox.Fault.Tests.Proxy;
using ContainerSandbox.Testing;
using Xunit.Abstractions;

namespace ContainerSandbox.Fault.Tests.EngineTrouble;

/// <summary>The connection that holds a container breaks on this side only: the engine keeps it running, and nothing would end it with its owner.</summary>
[Collection(nameof(EngineTrouble))]
public sealed class BrokenLeaseTests(ITestOutputHelper output)
{
    private const string Lease = "^POST /containers/[^/]+/attach";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task What_is_not_held_any_more_is_lost_removed_and_replaced()
    {
        await using var engine = await PrivateEngine.StartAsync();
        await using var proxy = FaultProxy.Start(engine.Host);
        await using var rig = await TroubleRig.OpenAsync(engine, output, proxy.Host);
        await rig.ClaimAsync("worker");
        await rig.UntilFullAsync();
        var held = await rig.ContainersAsync();
        Assert.Equal(3, held.Count);

        proxy.Forsake(Lease);

        await TroubleRig.UntilAsync("the environment is lost", Soon, () => rig.Sandbox.GetEnvironments().Single().State == AgentEnvironmentState.Lost);

        // No event told of an end: the container ran on.
        Assert.Contains("held its container broke", rig.Sandbox.GetEnvironments().Single().StateReason, StringComparison.Ordinal);
        await Eventually.HoldsAsync("nothing of it is left", Soon, async () => !(await rig.ContainersAsync()).Intersect(held).Any());
        await rig.UntilFullAsync();
        Assert.Equal(AgentEnvironmentState.Running, (await rig.ClaimAsync("worker")).State);
        await rig.EndAsync();
    }
}
