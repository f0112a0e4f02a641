namespace ContainerSandbox.Engine.Tests.Watching;

/// <summary>Nothing runs on that would not end with this process.</summary>
public sealed class BrokenLeaseTests
{
    private static readonly TimeSpan EventTakes = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task A_slot_whose_lease_breaks_is_removed_and_replaced()
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        var container = rig.Backend.Containers[0];
        container.EndsWithLease = false;
        container.BreakLease();
        await rig.Clock.PassAsync(EventTakes);
        await Eventually.PassTimeAsync(rig.Clock, Step, () => !container.IsPresent && rig.Starts == 1, "it is removed and another started");
        await rig.UntilFullAsync();
        Assert.Equal(1, rig.Backend.Count(BackendCall.Remove));
        await Eventually.PassTimeAsync(rig.Clock, Step, () => rig.Sandbox.GetInfo().Quarantined == 0, "nothing is left to remove");
    }

    [Fact]
    public async Task An_environment_whose_lease_breaks_is_lost_and_its_agent_id_free()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var environment = await rig.ClaimAsync();
        var container = rig.Container(environment);
        container.EndsWithLease = false;
        container.BreakLease();
        await rig.Clock.PassAsync(EventTakes);
        await Eventually.PassTimeAsync(rig.Clock, Step, () => !container.IsPresent, "it is removed");
        Assert.Equal(AgentEnvironmentState.Lost, rig.Sandbox.GetEnvironments().Single().State);
        Assert.Contains("held its container broke", rig.Sandbox.GetEnvironments().Single().StateReason, StringComparison.Ordinal);
        await Eventually.FailsAsync(rig.Clock, rig.RunAsync("agent", "x"), SandboxErrorId.AgentEnvironmentLost);
        Assert.NotEqual(environment.EnvironmentId, (await rig.ClaimAsync()).EnvironmentId);
    }

    [Fact]
    public async Task A_container_that_cannot_be_removed_yet_is_tried_again()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var container = rig.Backend.Containers[0];
        (container.EndsWithLease, container.IsStuck) = (false, true);
        container.BreakLease();
        await rig.Clock.PassAsync(EventTakes);
        await Eventually.PassTimeAsync(rig.Clock, Step, () => rig.Backend.Count(BackendCall.Remove) > 1, "it is tried twice");
        Assert.Equal(1, rig.Sandbox.GetInfo().Quarantined);
        container.IsStuck = false;
        await Eventually.PassTimeAsync(rig.Clock, EventTakes, () => rig.Sandbox.GetInfo().Quarantined == 0, "it is gone");
        Assert.False(container.IsPresent);
    }

    [Fact]
    public async Task A_container_whose_end_is_told_a_moment_later_ended_by_that()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.BreakLease();
        await rig.Clock.UntilWaitingAsync(EventTakes);
        rig.Backend.End(rig.Container, 137);
        await Eventually.TrueAsync(() => rig.Sandbox.GetEnvironments().Single().State == AgentEnvironmentState.Lost, "the environment is lost");
        Assert.Contains("killed or removed by somebody else", rig.Sandbox.GetEnvironments().Single().StateReason, StringComparison.Ordinal);
        rig.Clock.Advance(EventTakes);
        await Eventually.NothingMoreAsync();
        Assert.Equal(0, rig.Backend.Count(BackendCall.Remove));
    }

    [Fact]
    public async Task A_lease_that_was_released_did_not_break()
    {
        await using var rig = await SandboxRig.OpenAsync();
        await rig.ClaimAsync();
        Assert.True((await rig.RemoveAsync("agent")).Verified);
        await Eventually.PassTimeAsync(rig.Clock, EventTakes, () => rig.Pool().Ready == rig.Pool().Target, "the pool is full");
        Assert.Equal((0, 0), (rig.Backend.Count(BackendCall.Remove), rig.Sandbox.GetInfo().Quarantined));
    }
}
