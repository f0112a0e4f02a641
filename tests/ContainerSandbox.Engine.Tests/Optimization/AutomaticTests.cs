using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Optimization;

namespace ContainerSandbox.Engine.Tests.Optimization;

/// <summary>What a monitor changes by itself.</summary>
public sealed class AutomaticTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(7);

    [Fact]
    public async Task A_pool_that_was_empty_grows_within_its_bound()
    {
        await using var rig = await OpenAsync();
        rig.Sandbox.Monitoring.Start(Interval, new MonitorOptions { MaximumWarmupContainers = 4 }, rig.Observer);
        await Eventually.TrueAsync(() => rig.Pool().Target == 4, "the pool keeps four ready");
        await Eventually.TrueAsync(() => Optimized(rig).Count == 1, "it is an event");
        Assert.Contains("by the monitor", Optimized(rig)[0].Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_optimization_nothing_changes()
    {
        await using var rig = await OpenAsync(optimization => optimization with { OptimizationEnabled = false });
        rig.Sandbox.Monitoring.Start(Interval, new MonitorOptions { AutoOptimize = true }, rig.Observer);
        await Eventually.TrueAsync(() => rig.Sandbox.Monitoring.Info!.Ticks > 0, "a sweep is over");
        Assert.Empty(Optimized(rig));
    }

    [Fact]
    public async Task Limits_change_only_where_that_was_asked_for_and_what_made_things_worse_is_taken_back()
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        var environment = await rig.ClaimAsync("a");
        UseUp(rig, environment);
        await Eventually.TrueAsync(() => rig.Sandbox.Optimization.Recommend(RecommendationOptions.Usual).Count == 1, "more memory is recommended");
        rig.Sandbox.Monitoring.Start(Interval, rig.Observer);
        await Eventually.TrueAsync(() => rig.Sandbox.Monitoring.Info!.Ticks > 0, "a sweep is over");
        await Eventually.NothingMoreAsync();
        Assert.Empty(Optimized(rig));
        await Eventually.EndsAsync(rig.Sandbox.Monitoring.StopAsync(rig.Observer, CancellationToken.None));

        rig.Sandbox.Monitoring.Start(Interval, new MonitorOptions { AutoOptimize = true }, rig.Observer);
        await Eventually.TrueAsync(() => Optimized(rig).Count == 1, "there is more memory");
        Assert.Equal(environment.MemoryLimit * 3 / 2, rig.Sandbox.GetEnvironments()[0].MemoryLimit);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        for (var index = 0; index < 3; index++)
            UseUp(rig, environment);
        await Eventually.PassTimeAsync(rig.Clock, Interval, () => Optimized(rig).Count == 2, "it is taken back");
        Assert.Contains("taken back: it made things worse", Optimized(rig)[1].Cause, StringComparison.Ordinal);
        Assert.Equal(environment.MemoryLimit, rig.Sandbox.GetEnvironments()[0].MemoryLimit);

        // Memory that was used up at a higher limit than now is evidence for more all the same; the kind rests.
        Assert.Contains(rig.Sandbox.Optimization.Recommend(RecommendationOptions.Usual), each => each.Kind == RecommendationKind.MemoryLimit);
        await Eventually.PassTimeAsync(rig.Clock, Interval, () => rig.Sandbox.GetEvents(null, [SandboxEventKind.Optimized]).Count >= 3, "it is tried again");
        Assert.True(Optimized(rig)[2].Timestamp - Optimized(rig)[1].Timestamp >= ChangePolicy.Stop);
    }

    private static async Task<SandboxRig> OpenAsync(Func<StartupOptimization, StartupOptimization>? optimization = null)
    {
        var rig = await SandboxRig.OpenAsync(1, optimization);
        for (var index = 0; index < 6; index++)
            await rig.ClaimAsync($"agent-{index}");
        return rig;
    }

    private static void UseUp(SandboxRig rig, AgentEnvironment environment) =>
        rig.Backend.Feed.Emit(new BackendEvent(BackendEventKind.OutOfMemory, environment.ContainerId, rig.Clock.GetUtcNow()));

    private static IReadOnlyList<SandboxEvent> Optimized(SandboxRig rig) => rig.Sandbox.GetEvents(null, [SandboxEventKind.Optimized]);
}
