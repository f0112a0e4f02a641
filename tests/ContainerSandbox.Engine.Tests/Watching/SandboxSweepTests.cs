using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Watching;

/// <summary>A sandbox notices what its event feed lost, and clears away what nobody wants.</summary>
public sealed class SandboxSweepTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_slot_whose_end_was_never_told_is_replaced()
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        rig.Backend.Feed.IsDeaf = true;
        rig.Backend.End(rig.Backend.Containers[0], 137);
        await Eventually.PassTimeAsync(rig.Clock, Step, () => rig.Starts == 1, "another is started");
        await rig.UntilFullAsync();
    }

    [Fact]
    public async Task An_environment_whose_end_was_never_told_is_lost_and_says_why()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var environment = await rig.ClaimAsync();
        rig.Backend.Feed.IsDeaf = true;
        rig.Backend.End(rig.Container(environment), 137);
        await Eventually.PassTimeAsync(
            rig.Clock, Step, () => rig.Sandbox.GetEnvironments().Single().State == AgentEnvironmentState.Lost, "the environment is lost");
        Assert.Contains("gone from the engine", rig.Sandbox.GetEnvironments().Single().StateReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_that_came_late_is_removed_and_no_other()
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        var environment = await rig.ClaimAsync();
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(20), () => rig.Starts == 1, "the pool fills again");
        await rig.UntilFullAsync();
        var late = rig.Backend.Plant("cs-0123abcd-ffff", rig.Container(environment).Spec.Labels, BackendContainerState.Created);
        await Eventually.PassTimeAsync(rig.Clock, Step, () => rig.Backend.Containers.All(container => container != late), "it is removed");
        await Eventually.PassTimeAsync(rig.Clock, Step, () => rig.Sandbox.GetInfo().Quarantined == 0, "nothing is left to remove");
        Assert.Equal((1, AgentEnvironmentState.Running), (rig.Backend.Count(BackendCall.Remove), rig.Sandbox.GetEnvironments().Single().State));
        Assert.Equal(3, rig.Backend.Containers.Count);
    }

    [Fact]
    public async Task A_container_that_is_being_made_is_left_alone_however_long_that_takes()
    {
        await using var rig = await SandboxRig.OpenAsync(0, optimization => optimization with { StartupTimeout = TimeSpan.FromHours(1) });
        var gate = new CallGate();
        rig.Backend.Before(BackendCall.Start, (_, token) => gate.PassAsync(token));
        var claim = rig.ClaimAsync();
        await gate.UntilArrivedAsync();
        var name = $"cs-{SandboxRig.SandboxId}-{rig.Backend.Count(BackendCall.Start):x4}";
        var half = rig.Backend.Plant(name, rig.Backend.History.First().Spec.Labels, BackendContainerState.Created);
        var listings = rig.Backend.Count(BackendCall.List);
        await Eventually.PassTimeAsync(rig.Clock, Step, () => rig.Backend.Count(BackendCall.List) >= listings + 4, "four sweeps went by");
        Assert.Equal((0, true), (rig.Backend.Count(BackendCall.Remove), half.IsPresent));
        gate.Open();
        await Eventually.EndsAsync(claim);

        // Whatever else has that name now is a stray.
        await Eventually.PassTimeAsync(rig.Clock, Step, () => !half.IsPresent, "it is removed");
    }

    [Fact]
    public async Task A_discarded_slot_that_outlives_its_lease_is_removed()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var slot = rig.Backend.Containers.Single();
        slot.Silence();
        slot.EndsWithLease = false;
        var claim = rig.ClaimAsync();
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(50), claim);
        Assert.True(slot.IsPresent);
        await Eventually.PassTimeAsync(rig.Clock, Step, () => !slot.IsPresent, "it is removed");
    }

    [Fact]
    public async Task A_container_that_somebody_starts_again_is_removed_at_once()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var container = rig.Container(await rig.ClaimAsync());
        rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
        rig.Backend.Feed.Emit(new BackendEvent(BackendEventKind.Died, container.Id, rig.Clock.GetUtcNow(), 137));
        rig.Backend.Feed.Emit(new BackendEvent(BackendEventKind.Started, container.Id, rig.Clock.GetUtcNow()));
        await Eventually.TrueAsync(() => !container.IsPresent, "it is removed");
        Assert.Equal(AgentEnvironmentState.Lost, rig.Sandbox.GetEnvironments().Single().State);
    }
}
