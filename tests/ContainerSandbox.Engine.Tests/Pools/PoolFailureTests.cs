namespace ContainerSandbox.Engine.Tests.Pools;

/// <summary>Starts that fail: no storm, no standstill.</summary>
public sealed class PoolFailureTests
{
    [Fact]
    public async Task A_start_that_failed_is_repeated_after_a_pause_and_counts_once()
    {
        await using var rig = new PoolRig(3, first: 1);
        rig.Backend.Before(BackendCall.Start, (call, _) => call == 2 ? throw EngineFault.Refused() : Task.CompletedTask);
        var filling = rig.FillAsync();
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromSeconds(0.2));
        Assert.Equal(2, rig.Creates);
        rig.Clock.Advance(TimeSpan.FromSeconds(0.2));
        await filling;
        await rig.SettleAsync();
        Assert.Equal(4, rig.Creates);
        Assert.Equal(PoolState.Ready, rig.Pool.State);
        Assert.Equal("", rig.Info.LastError);
    }

    [Fact]
    public async Task Three_failures_in_a_row_degrade_it_and_pauses_grow_until_it_recovers_by_itself()
    {
        await using var rig = new PoolRig(1);
        await rig.FillAsync();
        rig.Backend.Fail(BackendCall.Start, EngineFault.Refused);
        rig.Claim();
        await rig.Clock.PassAsync(TimeSpan.FromMilliseconds(20));
        foreach (var pause in new[] { 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10 })
        {
            await rig.Clock.UntilWaitingAsync(TimeSpan.FromSeconds(pause));
            var failures = rig.Creates - 1;
            Assert.Equal(failures >= 3 ? PoolState.Degraded : PoolState.Filling, rig.Pool.State);
            rig.Clock.Advance(TimeSpan.FromSeconds(pause - 0.1));
            await Eventually.NothingMoreAsync();
            Assert.Equal(failures, rig.Creates - 1);
            Assert.Equal("The engine refused.", rig.Info.LastError);
            if (failures == 8)
                rig.Backend.Heal(BackendCall.Start);
            rig.Clock.Advance(TimeSpan.FromSeconds(0.1));
            await Eventually.TrueAsync(() => rig.Creates - 1 == failures + 1, "another start");
        }

        await rig.UntilFullAsync();
        Assert.Equal(PoolState.Ready, rig.Pool.State);
        Assert.Equal(10, rig.Creates);
    }

    [Fact]
    public async Task An_engine_that_is_back_ends_the_pause_and_only_a_start_that_succeeds_ends_the_trouble()
    {
        await using var rig = new PoolRig(3);
        await rig.FillAsync();
        rig.Backend.Fail(BackendCall.Start, EngineFault.Broken);
        for (var claim = 0; claim < 3; claim++)
            rig.Claim();
        await rig.Clock.PassAsync(TimeSpan.FromMilliseconds(20));
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromSeconds(0.1), () => rig.Clock.Waiting(TimeSpan.FromSeconds(10)) == 1, "it waits long");
        var before = rig.Creates;

        // It answers, and starts nothing yet.
        rig.Pool.EngineIsBack();
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromSeconds(0.2));
        Assert.Equal((before + 1, PoolState.Degraded), (rig.Creates, rig.Pool.State));

        rig.Backend.Heal(BackendCall.Start);
        rig.Clock.Advance(TimeSpan.FromSeconds(0.2));
        await rig.UntilFullAsync();
        Assert.Equal((before + 4, PoolState.Ready), (rig.Creates, rig.Pool.State));
    }

    [Fact]
    public async Task An_engine_that_is_back_starts_nothing_that_is_not_needed()
    {
        await using var rig = new PoolRig(2);
        rig.Pool.EngineIsBack();
        await rig.FillAsync();
        rig.Pool.EngineIsBack();
        rig.Pool.EngineIsBack();
        await rig.SettleAsync();
        Assert.Equal(2, rig.Creates);
    }

    [Fact]
    public async Task Failures_of_starts_at_the_same_time_pause_once()
    {
        await using var rig = new PoolRig(8, first: 4);
        var gate = rig.Backend.Hold(BackendCall.Start);
        var filling = rig.Pool.FillAsync(_ => { }, CancellationToken.None);
        await gate.UntilArrivedAsync(4);
        gate.Fail(EngineFault.Refused());
        await Eventually.FailsAsync(filling, SandboxErrorId.EngineError);
        await Eventually.TrueAsync(() => rig.Info.Creating == 0, "all have failed");
        await Eventually.NothingMoreAsync();
        Assert.Equal(4, rig.Creates);
        Assert.Single(rig.Clock.Spans());
    }

    [Fact]
    public async Task The_pause_after_failures_at_the_same_time_is_that_of_all_of_them()
    {
        await using var rig = new PoolRig(4, first: 4);
        var gate = rig.Backend.Hold(BackendCall.Start);
        _ = rig.Pool.FillAsync(_ => { }, CancellationToken.None).ContinueWith(filled => filled.Exception, TaskScheduler.Default);
        await gate.UntilArrivedAsync(4);
        gate.Fail(EngineFault.Refused());
        await Eventually.TrueAsync(() => rig.Info.Creating == 0 && rig.Clock.Spans().Count == 1, "all have failed");
        rig.Backend.Fail(BackendCall.Start, EngineFault.Refused);
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromSeconds(0.1), () => rig.Creates == 5, "the next start");
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromSeconds(3.2));
    }

    [Fact]
    public async Task An_error_of_a_kind_that_nobody_expected_is_a_failure_too_and_not_a_storm()
    {
        await using var rig = new PoolRig(1);
        rig.Backend.Fail(BackendCall.Start, () => new InvalidDataException("what is this"));
        _ = rig.Pool.FillAsync(_ => { }, CancellationToken.None);
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromSeconds(0.2));
        await Eventually.NothingMoreAsync();
        Assert.Equal(1, rig.Creates);
        Assert.Contains("what is this", rig.Info.LastError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SandboxErrorId.ImageHasNoShell)]
    [InlineData(SandboxErrorId.EngineHasNoInit)]
    [InlineData(SandboxErrorId.ImageNotFound)]
    [InlineData(SandboxErrorId.EngineAccessDenied)]
    public async Task Filling_ends_at_once_with_an_error_that_will_not_go_away(string errorId)
    {
        await using var rig = new PoolRig(3, first: 1);
        rig.Backend.Fail(BackendCall.Start, () => new SandboxException(errorId, SandboxErrorCategory.InvalidArgument, "no"));
        await Eventually.FailsAsync(rig.FillAsync(), errorId);
        Assert.Equal(1, rig.Creates);
    }

    [Fact]
    public async Task Filling_gives_up_after_three_failures_when_nothing_is_ready()
    {
        await using var rig = new PoolRig(2, first: 1);
        rig.Backend.Fail(BackendCall.Start, EngineFault.Silent);
        var filling = rig.Pool.FillAsync(_ => { }, CancellationToken.None);
        await rig.Clock.PassAsync(TimeSpan.FromSeconds(0.2));
        await rig.Clock.PassAsync(TimeSpan.FromSeconds(0.4));
        await Eventually.FailsAsync(filling, SandboxErrorId.EngineNotResponding);
        Assert.Equal(3, rig.Creates);
    }

    [Fact]
    public async Task A_start_that_takes_too_long_is_given_up()
    {
        await using var rig = new PoolRig(1);
        rig.Backend.Hold(BackendCall.Start);
        _ = rig.Pool.FillAsync(_ => { }, CancellationToken.None);
        await rig.Clock.PassAsync(TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync(() => rig.Info is { Creating: 0, LastError.Length: > 0 }, "the start is given up");
        Assert.Contains("60 s", rig.Info.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_whose_sessions_do_not_answer_is_given_up_and_leaves_nothing()
    {
        await using var rig = new PoolRig(1);
        rig.Backend.OnStart = container => container.Silence();
        _ = rig.Pool.FillAsync(_ => { }, CancellationToken.None);
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromSeconds(30), 2);
        rig.Clock.Advance(TimeSpan.FromSeconds(30));
        await Eventually.TrueAsync(() => rig.Info is { Creating: 0, LastError.Length: > 0 }, "the start is given up");
        Assert.Contains("did not answer", rig.Info.LastError, StringComparison.Ordinal);
        Assert.Empty(rig.Backend.Containers);
        Assert.All(rig.Backend.History.Single().Sessions, session => Assert.True(session.IsDisposed));
    }

    [Fact]
    public async Task A_container_that_fails_its_verification_is_no_slot_and_leaves_nothing()
    {
        await using var rig = new PoolRig(1);
        rig.Backend.OnStart = container => container.OnControl = (session, text) =>
            text.Contains("chmod", StringComparison.Ordinal) ? (1, "chmod: not found\n") : FakeShell.Obey(session, text);
        var exception = await Eventually.FailsAsync(rig.FillAsync(), SandboxErrorId.StartFailed);
        Assert.Contains("chmod: not found", exception.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Backend.Containers);
    }
}
