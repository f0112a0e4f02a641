using System.Runtime.CompilerServices;
using ContainerSandbox.Engine.Events;
using ContainerSandbox.Engine.Monitoring;

namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>What the environments of a sandbox use: samples now, and a monitor that takes them for as long as the sandbox lives.</summary>
public sealed class SandboxMonitoring
{
    private readonly SandboxParts _parts;
    private readonly Action<ISandboxObserver> _enter;
    private volatile EventFollower? _follower;

    internal SandboxMonitoring(SandboxParts parts, Action<ISandboxObserver> enter)
    {
        _parts = parts;
        _enter = enter;
    }

    /// <summary>The monitor that runs, or the last that ran; null before the first.</summary>
    public SandboxMonitorInfo? Info => _parts.Monitor.Run is { } run ? Describe(run) : null;

    /// <summary>Ends when the monitor that runs does; already ended when none runs.</summary>
    public Task Ended => _parts.Monitor.Run?.Ended ?? Task.CompletedTask;

    /// <summary>Takes a sample of an environment now.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="environmentId">The environment that must be the agent's; null takes whichever it has.</param>
    /// <param name="observer">Hears messages.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.AgentEnvironmentNotFound"/>, <see cref="SandboxErrorId.AgentEnvironmentReplaced"/>.</exception>
    public async Task<ResourceSample> MeasureAsync(string agentId, string? environmentId, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        _enter(observer);
        return await _parts.Sampler.TakeAsync(_parts.Environments.Get(agentId, environmentId), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a sample of every environment now.</summary>
    /// <param name="observer">Hears messages.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<IReadOnlyList<ResourceSample>> MeasureAllAsync(ISandboxObserver observer, CancellationToken cancellationToken)
    {
        _enter(observer);
        return SampleSweep.RunAsync(_parts.Sampler, _parts.Environments.All, cancellationToken);
    }

    /// <summary>Begins to watch all environments, those to come too. A monitor that runs goes on as it is, whatever its interval.</summary>
    /// <param name="interval">How often, more than zero and no more than a day.</param>
    /// <param name="observer">Hears messages.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.SandboxRemoved"/>.</exception>
    public SandboxMonitorInfo Start(TimeSpan interval, ISandboxObserver observer) => Start(interval, new MonitorOptions(), observer);

    /// <summary>Begins to watch all environments, those to come too. A monitor that runs goes on as it is, whatever its interval and options.</summary>
    /// <param name="interval">How often, more than zero and no more than a day.</param>
    /// <param name="options">What it may change by itself.</param>
    /// <param name="observer">Hears messages.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.SandboxRemoved"/>.</exception>
    public SandboxMonitorInfo Start(TimeSpan interval, MonitorOptions options, ISandboxObserver observer)
    {
        _enter(observer);
        return Describe(_parts.Monitor.Start(interval, options) ?? throw OpenClaims.Removed(_parts.Options.Name));
    }

    /// <summary>Ends the monitor.</summary>
    /// <param name="observer">Hears messages.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What it was at its end; null when none ran.</returns>
    public async Task<SandboxMonitorInfo?> StopAsync(ISandboxObserver observer, CancellationToken cancellationToken)
    {
        _enter(observer);
        if (!_parts.Monitor.IsRunning)
            return null;
        await _parts.Monitor.StopAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return Info;
    }

    /// <summary>
    /// What happens from now on, until the monitor ends. Who takes long over one finds the next thousand waiting; of more the oldest are dropped.
    /// </summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<SandboxEvent> FollowEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var follower = _parts.Events.Follow();
        _follower = follower;
        await foreach (var happened in follower.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            yield return happened;
    }

    /// <summary>Says that a script of the user's failed.</summary>
    /// <param name="happened">What it was to handle.</param>
    /// <param name="why">What went wrong.</param>
    public void ReportScriptFailure(SandboxEvent happened, string why)
    {
        var (kind, number) = (happened.Kind, happened.Number);
        _parts.Events.Add(SandboxEventKind.ScriptFailed, happened.AgentId, happened.EnvironmentId, () => $"the script for event {number} ({kind}): {why}");
    }

    private SandboxMonitorInfo Describe(MonitorRun run) =>
        run.Describe(_parts.Identity.SandboxId, _parts.Options.Name) with { DroppedEvents = _follower?.Dropped ?? 0 };
}
