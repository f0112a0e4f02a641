using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Monitoring.ControlGroups;

namespace ContainerSandbox.Engine.Monitoring;

/// <summary>
/// Reads what one container uses: from the kernel where the container runs on this machine, else from the engine. Processor use comes from two
/// readings of its own.
/// </summary>
internal sealed class ResourceGauge(
    ISandboxBackend backend, ControlGroupPaths paths, Whereabouts whereabouts, string containerId, bool hasNetwork, TimeProvider timeProvider) : IDisposable
{
    // What was used in less time says more about the clock of the kernel than about the container.
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private ControlGroup? _group;
    private int? _processId;
    private Task? _opening;
    private (long At, ResourceReading Reading)? _base;
    private (double? Cpu, double? Throttled) _last;
    private bool _isOver;

    /// <summary>True when a reading needs no call.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_gate)
                return _group is not null;
        }
    }

    /// <summary>The number of the container's main process here; null where it was not proved to run here, or is gone.</summary>
    public int? ProcessId
    {
        get
        {
            lock (_gate)
                return _group is null ? null : _processId;
        }
    }

    /// <summary>Looks whether the container runs here. A failure is left to the next reading.</summary>
    /// <exception cref="SandboxException">The engine did not say where it is.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (IsOpen || whereabouts.IsElsewhere)
            return;
        Task opening;
        lock (_gate)
            opening = _opening is { IsCompleted: false } running ? running : _opening = LookAsync(cancellationToken);
        await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets what was read: what follows is about somebody new.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _base = null;
            _last = default;
        }
    }

    /// <summary>Reads without a call.</summary>
    /// <returns>Null when that cannot be, or when the container has just gone.</returns>
    public ResourceUse? TryReadNow()
    {
        lock (_gate)
        {
            try
            {
                return _group is null ? null : Compare(_group.Read(), SampleSource.ControlGroup);
            }
            catch (IOException)
            {
                // It is gone with its container, or another has its place.
                _group?.Dispose();
                _group = null;
                return null;
            }
        }
    }

    /// <summary>Reads, from wherever the figures can be had.</summary>
    /// <exception cref="SandboxException">The engine does not give them.</exception>
    public async ValueTask<ResourceUse> ReadAsync(CancellationToken cancellationToken)
    {
        if (TryReadNow() is { } use)
            return use;
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        if (TryReadNow() is { } found)
            return found;
        var reading = await backend.ReadStatisticsAsync(containerId, cancellationToken).ConfigureAwait(false);
        lock (_gate)
            return Compare(reading, SampleSource.Engine);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            _group?.Dispose();
            _group = null;
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var processId = await backend.GetProcessIdAsync(containerId, cancellationToken).ConfigureAwait(false);
        if (processId <= 0)
            return;
        ControlGroup? group;
        try
        {
            group = ControlGroup.Open(paths, processId, containerId, hasNetwork);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            group = null;
        }

        whereabouts.Add(group is not null);
        lock (_gate)
        {
            if (_isOver)
                group?.Dispose();
            else
                (_group, _processId) = (group, processId);
        }
    }

    private ResourceUse Compare(ResourceReading reading, SampleSource source)
    {
        var now = timeProvider.GetTimestamp();
        if (_base is not { } before)
        {
            _base = (now, reading);
            return new ResourceUse(reading, source, null, null);
        }

        var span = timeProvider.GetElapsedTime(before.At, now);
        if (span >= ShortestSpan)
        {
            _base = (now, reading);
            _last = (
                Percent(reading.CpuTime?.Ticks - before.Reading.CpuTime?.Ticks, span.Ticks),
                Percent(reading.ThrottledPeriods - before.Reading.ThrottledPeriods, reading.Periods - before.Reading.Periods));
        }

        return new ResourceUse(reading, source, _last.Cpu, _last.Throttled);
    }

    // A counter that went backwards counts something else by now.
    private static double? Percent(long? part, long? whole) =>
        part is not >= 0 || whole is not >= 0 ? null : whole == 0 ? 0 : 100.0 * part.Value / whole.Value;
}
