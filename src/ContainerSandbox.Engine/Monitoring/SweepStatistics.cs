using ContainerSandbox.Engine.Metrics;

namespace ContainerSandbox.Engine.Monitoring;

/// <summary>Counts the sweeps of a monitor. Times are of the last ones, so that it costs the same for ever.</summary>
internal sealed class SweepStatistics
{
    private const int TimesKept = 512;

    // One late sweep is nothing. Several in a row are a state, and so are several in time.
    private const int Enough = 3;

    private readonly object _gate = new();
    private readonly RecentTimes _times = new(TimesKept);
    private TimeSpan? _processorTime;
    private long _ticks;
    private long _skipped;
    private int _environments;
    private int _gaps;
    private int _inARow;
    private bool _isDegraded;
    private string _lastError = "";

    /// <summary>A sweep ended.</summary>
    /// <param name="samples">What it brought.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="processorTime">Processor time that it used; null where that is not known.</param>
    public void Add(IReadOnlyList<ResourceSample> samples, TimeSpan took, TimeSpan? processorTime)
    {
        lock (_gate)
        {
            _ticks++;
            _environments = samples.Count;
            _gaps = samples.Count(sample => sample.GapReason.Length > 0);
            _lastError = "";
            if (processorTime is { } more)
                _processorTime = (_processorTime ?? TimeSpan.Zero) + more;
            _times.Add(took);
        }
    }

    /// <summary>A sweep failed.</summary>
    public void Failed(string why)
    {
        lock (_gate)
        {
            _ticks++;
            _lastError = why;
        }
    }

    /// <summary>A tick is over, and so many after it passed meanwhile.</summary>
    /// <returns>True when that makes it degraded, false when it is not any more, null when nothing changes.</returns>
    public bool? Skipped(long ticks)
    {
        lock (_gate)
        {
            _skipped += ticks;
            _inARow = ticks > 0 == _isDegraded ? 0 : _inARow + 1;
            if (_inARow < Enough)
                return null;
            _inARow = 0;
            return _isDegraded = !_isDegraded;
        }
    }

    /// <summary>What it is, but for what its owner knows.</summary>
    public SandboxMonitorInfo Describe(string sandboxId, string name, bool isRunning, TimeSpan interval, DateTimeOffset startedAt, TimeSpan age)
    {
        lock (_gate)
        {
            var times = _times.Percentiles(0.5, 0.99);
            return new SandboxMonitorInfo
            {
                SandboxId = sandboxId,
                Name = name,
                State = !isRunning ? MonitorState.Stopped : _isDegraded ? MonitorState.Degraded : MonitorState.Running,
                Interval = interval,
                StartedAt = startedAt,
                Ticks = _ticks,
                SkippedTicks = _skipped,
                Environments = _environments,
                Gaps = _gaps,
                SweepTimeP50 = times[0],
                SweepTimeP99 = times[1],
                CpuPercent = age > TimeSpan.Zero ? 100 * (_processorTime / age) : null,
                LastError = _lastError,
            };
        }
    }
}
