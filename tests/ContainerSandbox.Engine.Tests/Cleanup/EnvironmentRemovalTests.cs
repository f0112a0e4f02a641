namespace ContainerSandbox.Engine.Tests.Cleanup;

/// <summary>A removal ends a container and proves it gone.</summary>
public sealed class EnvironmentRemovalTests
{
    [Fact]
    public async Task A_receipt_says_what_was_removed_and_that_it_is_gone()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var environment = await rig.ClaimAsync();
        var receipt = await rig.RemoveAsync("agent");
        Assert.Equal((CleanupKind.Environment, true, ""), (receipt.Kind, receipt.Verified, receipt.Detail));
        Assert.Equal(("agent", environment.EnvironmentId, environment.ContainerId, SandboxRig.SandboxId),
            (receipt.AgentId, receipt.EnvironmentId, receipt.ContainerId, receipt.SandboxId));
        Assert.Empty(rig.Sandbox.GetEnvironments());
        Assert.False(rig.Container(environment).IsPresent);
        Assert.Equal(0, rig.Backend.Count(BackendCall.Remove));
        Assert.All(rig.Container(environment).Sessions, session => Assert.True(session.IsDisposed));
        await Eventually.FailsAsync(rig.RunAsync("agent", ":"), SandboxErrorId.AgentEnvironmentNotFound);
    }

    [Fact]
    public async Task An_event_that_never_comes_is_made_up_for_by_a_listing()
    {
        await using var rig = await SandboxRig.OpenAsync();
        await rig.ClaimAsync();
        rig.Backend.Feed.IsDeaf = true;
        var receipt = await rig.RemoveAsync("agent");
        Assert.Equal((true, ""), (receipt.Verified, receipt.Detail));
        Assert.InRange(receipt.Duration, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task An_event_alone_is_no_proof()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var environment = await rig.ClaimAsync();
        rig.Container(environment).EndsWithLease = false;
        rig.Backend.Feed.Emit(new Backends.BackendEvent(Backends.BackendEventKind.Destroyed, environment.ContainerId, rig.Clock.GetUtcNow()));
        await Eventually.TrueAsync(() => rig.Sandbox.GetEnvironments().Single().State == AgentEnvironmentState.Lost, "the event is heard");
        var receipt = await rig.RemoveAsync("agent");
        Assert.True(receipt.Verified);
        Assert.Contains("killed", receipt.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_that_outlives_its_lease_is_killed()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var environment = await rig.ClaimAsync();
        rig.Container(environment).EndsWithLease = false;
        var receipt = await rig.RemoveAsync("agent");
        Assert.True(receipt.Verified);
        Assert.Contains("killed", receipt.Detail, StringComparison.Ordinal);
        Assert.Equal(1, rig.Backend.Count(BackendCall.Remove));
        Assert.InRange(receipt.Duration, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task A_silent_engine_makes_no_promise_out_of_a_removal()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var environment = await rig.ClaimAsync();
        rig.Container(environment).EndsWithLease = false;
        rig.Backend.Fail(BackendCall.List, EngineFault.Silent);
        rig.Backend.Fail(BackendCall.Remove, EngineFault.Silent);
        var receipt = await Eventually.PassTimeAsync(
            rig.Clock,
            TimeSpan.FromMilliseconds(200),
            rig.Sandbox.RemoveEnvironmentAsync("agent", null, TimeSpan.Zero, rig.Observer, CancellationToken.None));
        Assert.False(receipt.Verified);
        Assert.Equal("The engine did not answer.", receipt.Detail);
        Assert.InRange(receipt.Duration, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task An_engine_that_is_silent_for_a_while_is_asked_again()
    {
        await using var rig = await SandboxRig.OpenAsync();
        await rig.ClaimAsync();
        var before = rig.Backend.Count(BackendCall.List);
        rig.Backend.Before(BackendCall.List, (call, _) => call <= before + 3 ? throw EngineFault.Silent() : Task.CompletedTask);
        var receipt = await rig.RemoveAsync("agent");
        Assert.Equal((true, ""), (receipt.Verified, receipt.Detail));
    }

    [Fact]
    public async Task A_container_that_the_engine_lists_and_does_not_know_is_gone()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var environment = await rig.ClaimAsync();
        rig.Backend.Ghosts.Enqueue(rig.Container(environment));
        var receipt = await rig.RemoveAsync("agent");
        Assert.Equal((true, "The engine went on listing it and does not know it."), (receipt.Verified, receipt.Detail));
        rig.Backend.Ghosts.Clear();
    }

    [Fact]
    public async Task A_removal_that_the_engine_breaks_off_is_asked_for_again()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var environment = await rig.ClaimAsync();
        (rig.Container(environment).EndsWithLease, rig.Container(environment).IsStuck) = (false, true);
        rig.Backend.Before(BackendCall.Remove, (call, _) =>
        {
            rig.Container(environment).IsStuck = call < 2;
            return Task.CompletedTask;
        });
        var receipt = await rig.RemoveAsync("agent");
        Assert.Equal((true, "The end of its lease did not end it in time; it was killed."), (receipt.Verified, receipt.Detail));
        Assert.Equal(2, rig.Backend.Count(BackendCall.Remove));
    }

    [Fact]
    public async Task A_removal_waits_for_the_name_that_is_being_given_to_the_container()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var environment = await rig.ClaimAsync();
        var gate = rig.Backend.Hold(BackendCall.Update);
        await rig.Clock.PassAsync(TimeSpan.FromMilliseconds(20));
        await gate.UntilArrivedAsync();
        var removal = rig.Sandbox.RemoveEnvironmentAsync("agent", null, TimeSpan.Zero, rig.Observer, CancellationToken.None);
        await Eventually.NothingMoreAsync();
        Assert.False(rig.Container(environment).IsReleased);
        gate.Open();
        Assert.True((await Eventually.EndsAsync(removal)).Verified);
    }

    [Fact]
    public async Task A_container_that_is_being_removed_gets_no_name()
    {
        await using var rig = await SandboxRig.OpenAsync();
        await rig.ClaimAsync();
        await rig.RemoveAsync("agent");
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await rig.UntilFullAsync();
        Assert.Empty(rig.Backend.Updates);
    }

    [Fact]
    public async Task A_name_that_an_engine_never_gives_holds_no_removal_up_for_long()
    {
        await using var rig = await SandboxRig.OpenAsync();
        await rig.ClaimAsync();
        var gate = rig.Backend.Hold(BackendCall.Update);
        await rig.Clock.PassAsync(TimeSpan.FromMilliseconds(20));
        await gate.UntilArrivedAsync();
        Assert.True((await rig.RemoveAsync("agent")).Verified);
        gate.Open();
    }

    [Fact]
    public async Task Removals_of_the_same_environment_share_one_receipt()
    {
        await using var rig = await SandboxRig.OpenAsync();
        await rig.ClaimAsync();
        var gate = rig.Backend.Hold(BackendCall.List);
        Task<CleanupReceipt>[] removals =
            [.. Enumerable.Range(0, 5).Select(_ => rig.Sandbox.RemoveEnvironmentAsync("agent", null, TimeSpan.Zero, rig.Observer, CancellationToken.None))];
        await gate.UntilArrivedAsync();
        Assert.Equal(AgentEnvironmentState.Removing, rig.Sandbox.GetEnvironments().Single().State);
        gate.Open();
        var receipts = await Eventually.EndsAsync(Task.WhenAll(removals));
        Assert.Single(receipts.Distinct());
        Assert.Equal(1, gate.Arrived);
    }

    [Fact]
    public async Task A_wait_that_is_given_up_does_not_stop_the_removal()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var environment = await rig.ClaimAsync();
        var gate = rig.Backend.Hold(BackendCall.List);
        using var cancellation = new CancellationTokenSource();
        var removal = rig.Sandbox.RemoveEnvironmentAsync("agent", null, TimeSpan.Zero, rig.Observer, cancellation.Token);
        await gate.UntilArrivedAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => removal);
        gate.Open();
        await Eventually.TrueAsync(() => rig.Sandbox.GetEnvironments().Count == 0, "the removal ends by itself");
        Assert.False(rig.Container(environment).IsPresent);
    }

    [Fact]
    public async Task A_lost_environment_is_removed_like_any_other()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var environment = await rig.ClaimAsync();
        rig.Backend.End(rig.Container(environment), 1);
        await Eventually.TrueAsync(() => rig.Sandbox.GetEnvironments().Single().State == AgentEnvironmentState.Lost, "the environment is lost");
        Assert.True((await rig.RemoveAsync("agent", gracePeriod: TimeSpan.FromSeconds(2))).Verified);
        Assert.Empty(rig.Sandbox.GetEnvironments());
    }

    [Fact]
    public async Task A_hundred_removals_cost_few_listings()
    {
        await using var rig = await SandboxRig.OpenAsync(0);
        for (var number = 0; number < 100; number++)
            await rig.ClaimAsync($"agent-{number}");
        var before = rig.Backend.Count(BackendCall.List);
        var gate = rig.Backend.Hold(BackendCall.List);
        var removals = Enumerable.Range(0, 100)
            .Select(number => rig.Sandbox.RemoveEnvironmentAsync($"agent-{number}", null, TimeSpan.Zero, rig.Observer, CancellationToken.None)).ToArray();
        await Eventually.TrueAsync(() => rig.Backend.Containers.Count == 0, "all leases are closed");
        await Eventually.NothingMoreAsync();
        gate.Open();
        Assert.All(await Eventually.EndsAsync(Task.WhenAll(removals)), receipt => Assert.True(receipt.Verified));
        Assert.InRange(rig.Backend.Count(BackendCall.List) - before, 1, 20);
    }
}
