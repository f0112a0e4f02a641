using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Engine.Presenting;

/// <summary>Reads a sandbox for a live view, and takes samples while no monitor does.</summary>
internal sealed class LiveSource(Sandbox sandbox, int newestEvents, TimeSpan refreshEvery, ISandboxObserver observer, TimeProvider timeProvider) : ILiveSource
{
    // The history's second tier: fine enough for minutes, and a point of it costs the same however often samples are taken.
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(10);

    private volatile string _problem = "";

    /// <inheritdoc />
    public LiveContent Read()
    {
        var (pools, monitor) = (sandbox.GetPools(), FindMonitor());
        var (warm, all) = (pools.Sum(pool => pool.WarmClaims), pools.Sum(pool => pool.WarmClaims + pool.ColdClaims));
        var step = Math.Ceiling((monitor?.Interval ?? refreshEvery) / Stretch) * Stretch;
        return new LiveContent
        {
            CreatedAt = timeProvider.GetUtcNow(),
            Sandbox = sandbox.GetInfo(),
            Monitor = monitor,
            HitRate = all > 0 ? (double)warm / all : null,
            DegradedPools = string.Join(", ", pools.Where(pool => pool.State == PoolState.Degraded).Select(pool => pool.Specialization)),
            Step = step,
            Agents = [.. sandbox.GetEnvironments().Select(environment => Describe(environment, step))],
            Events = newestEvents == 0 ? [] : [.. sandbox.GetEvents().TakeLast(newestEvents).Reverse()],
            Problem = monitor is null ? _problem : "",
        };
    }

    /// <inheritdoc />
    public async Task SampleAsync(CancellationToken cancellationToken)
    {
        if (sandbox.GetInfo().State is SandboxState.Removing or SandboxState.Removed)
            throw OpenClaims.Removed(sandbox.Name);
        if (FindMonitor() is not null)
            return;
        try
        {
            await sandbox.Monitoring.MeasureAllAsync(observer, cancellationToken).ConfigureAwait(false);
            _problem = "";
        }
        catch (SandboxException exception) when (exception.ErrorId != SandboxErrorId.SandboxRemoved)
        {
            _problem = exception.Message;
        }
    }

    private SandboxMonitorInfo? FindMonitor() => sandbox.Monitoring.Info is { State: not MonitorState.Stopped } monitor ? monitor : null;

    private LiveAgent Describe(AgentEnvironment environment, TimeSpan step)
    {
        var request = new HistoryRequest { EnvironmentId = environment.EnvironmentId };
        return new LiveAgent
        {
            Environment = environment,
            Newest = sandbox.History.Get(environment.AgentId, request with { Newest = 1, Resolution = HistoryResolution.Raw }) is [.., var newest] ? newest : null,
            Recent = sandbox.History.Get(
                environment.AgentId, request with { Last = step * SandboxLiveView.MostSteps, Resolution = HistoryResolution.TenSeconds }),
        };
    }
}
