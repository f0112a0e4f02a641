namespace ContainerSandbox.Engine.Tests.Sandboxes;

/// <summary>The end of a sandbox leaves nothing, whatever was going on.</summary>
public sealed class SandboxRemovalTests
{
    [Fact]
    public async Task Everything_goes_with_a_receipt_each()
    {
        await using var rig = await SandboxRig.OpenAsync(3);
        await rig.ClaimAsync("a");
        await rig.ClaimAsync("b");
        var receipts = await rig.RemoveSandboxAsync();
        Assert.Equal(2, receipts.Count(receipt => receipt.Kind == CleanupKind.Environment));

        // What the refill had started by then goes too.
        Assert.Contains(receipts, receipt => receipt.Kind == CleanupKind.Slot);
        Assert.All(receipts, receipt => Assert.True(receipt.Verified));
        Assert.Equal(receipts.Count, receipts.Select(receipt => receipt.ContainerId).Distinct().Count());
        Assert.Empty(rig.Backend.Containers);
        Assert.True(rig.IsRemoved && rig.Backend.IsDisposed);
        Assert.Equal(SandboxState.Removed, rig.Sandbox.GetInfo().State);
    }

    [Fact]
    public async Task A_second_removal_joins_the_first()
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        var gate = rig.Backend.Hold(BackendCall.List);
        var first = rig.Sandbox.RemoveAsync(TimeSpan.Zero, rig.Observer, CancellationToken.None);
        await gate.UntilArrivedAsync();
        Assert.Equal(SandboxState.Removing, rig.Sandbox.GetInfo().State);
        var second = rig.Sandbox.RemoveAsync(TimeSpan.Zero, rig.Observer, CancellationToken.None);
        gate.Open();
        Assert.Same(await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(100), first), await Eventually.EndsAsync(second));
    }

    [Fact]
    public async Task A_removed_sandbox_takes_no_claims_commands_or_removals()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        await rig.ClaimAsync("a");
        await rig.RemoveSandboxAsync();
        await Eventually.FailsAsync(Task.Run(() => rig.ClaimAsync("b")), SandboxErrorId.SandboxRemoved);
        await Eventually.FailsAsync(Task.Run(() => rig.RunAsync("a", ":")), SandboxErrorId.SandboxRemoved);
        await Eventually.FailsAsync(rig.Sandbox.CheckHealthAsync("a", null, rig.Observer, CancellationToken.None), SandboxErrorId.SandboxRemoved);
        await Eventually.FailsAsync(
            Task.Run(() => rig.Sandbox.RemoveEnvironmentAsync("a", null, TimeSpan.Zero, rig.Observer, CancellationToken.None)),
            SandboxErrorId.SandboxRemoved);
    }

    [Fact]
    public async Task What_the_pool_was_starting_goes_too()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var gate = rig.Backend.Hold(BackendCall.OpenSession);
        await rig.ClaimAsync("a");
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromMilliseconds(20), 3);
        rig.Clock.Advance(TimeSpan.FromMilliseconds(20));
        await gate.UntilArrivedAsync(2);
        Assert.Equal(2, rig.Backend.Containers.Count);
        await rig.RemoveSandboxAsync();
        Assert.Empty(rig.Backend.Containers);
    }

    [Fact]
    public async Task A_claim_that_is_starting_a_container_ends_with_its_sandbox_and_leaves_nothing()
    {
        await using var rig = await SandboxRig.OpenAsync(0);
        var gate = rig.Backend.Hold(BackendCall.Start);
        var claim = rig.ClaimAsync("a");
        await gate.UntilArrivedAsync();
        await rig.RemoveSandboxAsync();
        gate.Open();
        await Eventually.FailsAsync(claim, SandboxErrorId.SandboxRemoved);
        Assert.Empty(rig.Backend.Containers);
        Assert.Empty(rig.Sandbox.GetEnvironments());
    }

    [Fact]
    public async Task An_environment_whose_sessions_are_opening_goes_too()
    {
        await using var rig = await SandboxRig.OpenAsync(0);
        var gate = rig.Backend.Hold(BackendCall.OpenSession);
        await Eventually.EndsAsync(rig.ClaimAsync("a"));
        await gate.UntilArrivedAsync();
        var receipts = await rig.RemoveSandboxAsync(TimeSpan.FromSeconds(2));
        Assert.True(Assert.Single(receipts).Verified);
        Assert.Empty(rig.Backend.Containers);
    }

    [Fact]
    public async Task A_claim_that_heeds_no_cancellation_is_waited_for()
    {
        await using var rig = await SandboxRig.OpenAsync(0);
        var gate = new CallGate();
        rig.Backend.Before(BackendCall.Start, (_, _) => gate.PassAsync(CancellationToken.None));
        var claim = rig.ClaimAsync("a");
        await gate.UntilArrivedAsync();
        var removal = rig.Sandbox.RemoveAsync(TimeSpan.Zero, rig.Observer, CancellationToken.None);
        await Eventually.NothingMoreAsync();
        Assert.False(rig.Backend.IsDisposed, "the connection is needed to give the container up");
        gate.Open();
        await Eventually.FailsAsync(claim, SandboxErrorId.SandboxRemoved);
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(100), removal);
        Assert.Empty(rig.Backend.Containers);
    }

    [Fact]
    public async Task Containers_that_nobody_knows_of_are_killed_with_a_receipt()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var labels = rig.Backend.Containers[0].Spec.Labels;
        var forgotten = rig.Backend.Plant("cs-0123abcd-ffff", labels, Backends.BackendContainerState.Created);
        var receipts = await rig.RemoveSandboxAsync();
        var receipt = Assert.Single(receipts, each => each.ContainerId == forgotten.Id);
        Assert.Equal((true, "Nobody here knew of it; it was killed."), (receipt.Verified, receipt.Detail));
        Assert.Empty(rig.Backend.Containers);
    }

    [Fact]
    public async Task A_container_that_only_carries_our_labels_is_not_ours_to_kill()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var foreign = rig.Backend.Plant("web", rig.Backend.Containers[0].Spec.Labels, Backends.BackendContainerState.Running);
        var receipts = await rig.RemoveSandboxAsync();
        Assert.Equal([foreign], rig.Backend.Containers);
        Assert.DoesNotContain(receipts, receipt => receipt.ContainerId == foreign.Id);
    }

    [Fact]
    public async Task A_container_that_cannot_be_removed_does_not_keep_the_rest()
    {
        await using var rig = await SandboxRig.OpenAsync(3);
        var stuck = rig.Backend.Containers[0];
        stuck.EndsWithLease = false;
        rig.Backend.Fail(BackendCall.Remove, EngineFault.Silent);
        var receipts = await rig.RemoveSandboxAsync();
        Assert.Equal([stuck], rig.Backend.Containers);
        Assert.Single(receipts, receipt => !receipt.Verified);
        Assert.Equal(stuck.Id, receipts.Single(receipt => !receipt.Verified).ContainerId);
        Assert.True(rig.IsRemoved);
    }

    [Fact]
    public async Task What_a_removal_could_not_prove_gone_goes_with_the_next_initialization_of_the_same_process()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var stuck = rig.Backend.Containers[0];
        (stuck.EndsWithLease, stuck.IsStuck) = (false, true);
        var receipt = Assert.Single(await rig.RemoveSandboxAsync());
        Assert.False(receipt.Verified);
        Assert.Contains("still lists it", receipt.Detail, StringComparison.Ordinal);

        stuck.IsStuck = false;
        var next = await rig.InitializeNextAsync("89abcdef");
        Assert.False(stuck.IsPresent);
        Assert.Equal(1, next.GetInfo().Ready);
        await Eventually.PassTimeAsync(
            rig.Clock, TimeSpan.FromMilliseconds(100), next.RemoveAsync(TimeSpan.Zero, rig.Observer, CancellationToken.None));
    }

    [Fact]
    public async Task Another_sandbox_of_the_same_process_that_lives_is_let_alone()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var container = rig.Backend.Containers[0];
        var next = await rig.InitializeNextAsync("89abcdef");
        Assert.True(container.IsPresent);
        await Eventually.PassTimeAsync(
            rig.Clock, TimeSpan.FromMilliseconds(100), next.RemoveAsync(TimeSpan.Zero, rig.Observer, CancellationToken.None));
        Assert.Equal([container], rig.Backend.Containers);
    }

    [Fact]
    public async Task A_silent_engine_ends_it_without_a_promise()
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        rig.Backend.Fail(BackendCall.List, EngineFault.Silent);
        rig.Backend.Fail(BackendCall.Remove, EngineFault.Silent);
        var receipts = await rig.RemoveSandboxAsync();
        Assert.All(receipts, receipt => Assert.False(receipt.Verified));
        Assert.True(rig.IsRemoved && rig.Backend.IsDisposed);
    }

    [Fact]
    public async Task Progress_goes_up_to_all()
    {
        await using var rig = await SandboxRig.OpenAsync(4);
        await rig.RemoveSandboxAsync();
        await Eventually.TrueAsync(() => rig.Observer.Progress.Any(progress => progress is { Status: "4 of 4 containers", PercentComplete: 100 }), "all is told");
    }
}
