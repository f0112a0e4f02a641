namespace ContainerSandbox.Engine.Metrics;

/// <summary>
/// What the samples of one agent add up to, across its environments. Means are weighted by time: a figure counts for the span that it was true,
/// with memory taken as a straight line between two samples.
/// </summary>
internal sealed class UseLedger
{
    private (string EnvironmentId, TimeSpan At, ResourceSample Sample)? _last;
    private TimeSpan _memorySpan;
    private double _memory;
    private TimeSpan _cpuSpan;
    private double _cpu;

    /// <summary>The newest sample; null before the first.</summary>
    public ResourceSample? Newest => _last?.Sample;

    /// <summary>Samples with figures.</summary>
    public long Samples { get; private set; }

    /// <summary>The most memory that a sample showed, in bytes.</summary>
    public long? PeakMemory { get; private set; }

    /// <summary>Mean memory in bytes; null before the first sample.</summary>
    public long? AverageMemory => _memorySpan > TimeSpan.Zero ? (long)(_memory / _memorySpan.TotalSeconds) : _last?.Sample.MemoryUsage;

    /// <summary>Mean processor use in percent of a core; null before the second sample.</summary>
    public double? AverageCpu => _cpuSpan > TimeSpan.Zero ? _cpu / _cpuSpan.TotalSeconds : null;

    /// <summary>A sample with figures was taken.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="at">When, by a clock that runs evenly.</param>
    public void Add(ResourceSample sample, TimeSpan at)
    {
        if (_last is { } last && last.EnvironmentId == sample.EnvironmentId && at > last.At)
            AddSpan(last.Sample, sample, at - last.At);
        if (sample.MemoryUsage > (PeakMemory ?? -1))
            PeakMemory = sample.MemoryUsage;
        Samples++;
        _last = (sample.EnvironmentId, at, sample);
    }

    private void AddSpan(ResourceSample from, ResourceSample to, TimeSpan span)
    {
        if (from.MemoryUsage is { } before && to.MemoryUsage is { } now)
        {
            _memory += (before + now) / 2.0 * span.TotalSeconds;
            _memorySpan += span;
        }

        if (to.CpuTime - from.CpuTime is { } used && used >= TimeSpan.Zero)
        {
            _cpu += 100 * used.TotalSeconds;
            _cpuSpan += span;
        }
    }
}
