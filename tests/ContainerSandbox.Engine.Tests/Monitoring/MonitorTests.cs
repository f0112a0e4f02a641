namespace ContainerSandbox.Engine.Tests.Monitoring;

/// <summary>The monitor's pace, and its life.</summary>
public sealed class MonitorTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(7);

    [Fact]
    public async Task Each_interval_has_a_sweep_of_all_environments()
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        await ClaimAsync(rig, "a");
        await ClaimAsync(rig, "b");
        var started = rig.Sandbox.Monitoring.Start(Interval, rig.Observer);
        Assert.Equal((MonitorState.Running, Interval, rig.Clock.GetUtcNow()), (started.State, started.Interval, started.StartedAt));
        for (var tick = 1; tick <= 4; tick++)
        {
            await UntilTicksAsync(rig, tick);
            await rig.Clock.PassAsync(Interval);
        }

        await UntilTicksAsync(rig, 5);
        var info = rig.Sandbox.Monitoring.Info!;
        Assert.Equal((5, 0, 2, 0), (info.Ticks, info.SkippedTicks, info.Environments, info.Gaps));
        Assert.True(rig.Sandbox.GetMetrics()[0] is { Samples: >= 1 + 5, HealthCheckSuccessRate: 1 });
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (info.SweepTimeP50, info.SweepTimeP99));
    }

    [Fact]
    public async Task A_slow_sweep_is_never_overlapped_and_what_it_misses_is_counted()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        await ClaimAsync(rig, "a");
        var calls = rig.Backend.Count(BackendCall.ReadStatistics);
        var gate = rig.Backend.Hold(BackendCall.ReadStatistics);
        rig.Sandbox.Monitoring.Start(Interval, rig.Observer);
        await gate.UntilArrivedAsync();
        rig.Clock.Advance(3.5 * Interval);
        await Eventually.NothingMoreAsync();
        Assert.Equal(1, gate.Arrived);
        rig.Backend.Heal(BackendCall.ReadStatistics);
        gate.Open();
        await UntilTicksAsync(rig, 1);
        await rig.Clock.PassAsync(0.5 * Interval);
        await UntilTicksAsync(rig, 2);
        var info = rig.Sandbox.Monitoring.Info!;
        Assert.Equal((3, 3.5 * Interval), (info.SkippedTicks, info.SweepTimeP99));

        // Beside the sweeps the containers are asked how they are, with a sample each.
        Assert.InRange(rig.Backend.Count(BackendCall.ReadStatistics), calls + 2, calls + 3);
    }

    [Fact]
    public async Task One_that_cannot_keep_its_pace_says_so_and_recovers()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        await ClaimAsync(rig, "a");
        var isSlow = true;
        rig.Backend.Before(BackendCall.ReadStatistics, (_, _) =>
        {
            if (isSlow)
                rig.Clock.Advance(1.5 * Interval);
            return Task.CompletedTask;
        });
        rig.Sandbox.Monitoring.Start(Interval, rig.Observer);
        await PassUntilAsync(rig, MonitorState.Degraded);
        isSlow = false;
        await PassUntilAsync(rig, MonitorState.Running);
        Assert.True(rig.Sandbox.Monitoring.Info!.SkippedTicks >= 3);
    }

    [Fact]
    public async Task Starting_twice_gives_the_running_one()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        rig.Sandbox.Monitoring.Start(Interval, rig.Observer);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        var again = rig.Sandbox.Monitoring.Start(2 * Interval, rig.Observer);
        Assert.Equal((Interval, MonitorState.Running), (again.Interval, again.State));
        Assert.True(again.StartedAt < rig.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Stopping_ends_it_and_another_may_follow()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        Assert.Null(await rig.Sandbox.Monitoring.StopAsync(rig.Observer, CancellationToken.None));
        Assert.Null(rig.Sandbox.Monitoring.Info);
        rig.Sandbox.Monitoring.Start(Interval, rig.Observer);
        var ended = rig.Sandbox.Monitoring.Ended;
        Assert.Equal(MonitorState.Stopped, (await Eventually.EndsAsync(rig.Sandbox.Monitoring.StopAsync(rig.Observer, CancellationToken.None)))!.State);
        Assert.True(ended.IsCompleted);
        Assert.Null(await rig.Sandbox.Monitoring.StopAsync(rig.Observer, CancellationToken.None));
        Assert.Equal((MonitorState.Running, 2 * Interval), (rig.Sandbox.Monitoring.Start(2 * Interval, rig.Observer).State, rig.Sandbox.Monitoring.Info!.Interval));
    }

    [Fact]
    public async Task It_ends_with_its_sandbox_and_none_begins_in_one_that_is_going()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        rig.Sandbox.Monitoring.Start(Interval, rig.Observer);
        var ended = rig.Sandbox.Monitoring.Ended;
        await rig.RemoveSandboxAsync();
        Assert.True(ended.IsCompleted);
        Assert.Equal(
            SandboxErrorId.SandboxRemoved, Assert.Throws<SandboxException>(() => rig.Sandbox.Monitoring.Start(Interval, rig.Observer)).ErrorId);
    }

    [Fact]
    public async Task An_engine_that_goes_and_comes_back_leaves_gaps_and_nothing_else()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        await ClaimAsync(rig, "a");
        rig.Backend.Fail(BackendCall.ReadStatistics, EngineFault.Silent);
        rig.Sandbox.Monitoring.Start(Interval, rig.Observer);
        await UntilTicksAsync(rig, 1);
        Assert.Equal(1, rig.Sandbox.Monitoring.Info!.Gaps);
        await rig.Clock.PassAsync(Interval);
        await UntilTicksAsync(rig, 2);
        rig.Backend.Heal(BackendCall.ReadStatistics);
        await rig.Clock.PassAsync(Interval);
        await UntilTicksAsync(rig, 3);
        Assert.Equal((MonitorState.Running, 0, ""), (rig.Sandbox.Monitoring.Info!.State, rig.Sandbox.Monitoring.Info.Gaps, rig.Sandbox.Monitoring.Info.LastError));
    }

    [Fact]
    public async Task Environments_that_all_die_at_once_are_gaps_until_they_are_removed()
    {
        await using var rig = await SandboxRig.OpenAsync(20);
        await rig.UntilFullAsync();
        for (var index = 0; index < 20; index++)
            await rig.ClaimAsync($"agent-{index}");
        var environments = rig.Sandbox.GetEnvironments();
        Assert.All(environments, environment => rig.Backend.End(rig.Container(environment), 137));
        rig.Sandbox.Monitoring.Start(Interval, rig.Observer);
        await UntilTicksAsync(rig, 1);
        Assert.Equal((20, 20), (rig.Sandbox.Monitoring.Info!.Environments, rig.Sandbox.Monitoring.Info.Gaps));
    }

    private static async Task ClaimAsync(SandboxRig rig, string agentId)
    {
        await rig.ClaimAsync(agentId);
        await Eventually.TrueAsync(() => rig.Sandbox.GetMetrics().Single(each => each.AgentId == agentId).Samples > 0, "the first sample is taken");
    }

    private static Task UntilTicksAsync(SandboxRig rig, long ticks) =>
        Eventually.TrueAsync(() => rig.Sandbox.Monitoring.Info!.Ticks >= ticks, $"{ticks} ticks, not {rig.Sandbox.Monitoring.Info!.Ticks}");

    private static Task PassUntilAsync(SandboxRig rig, MonitorState state) => Eventually.PassTimeAsync(
        rig.Clock, 0.1 * Interval, () => rig.Sandbox.Monitoring.Info!.State == state, $"the monitor is {state}");
}
