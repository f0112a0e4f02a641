namespace ContainerSandbox.Engine.Metrics;

/// <summary>
/// What the samples of one agent add up to, across its environments. Means are weighted by time: a figure counts for the span that it was true,
/// with memory taken as a straight line between two samples.
/// </summary>
internal sealed class UseLedger
{
    private readonly TimedMean _memory = new();
    private readonly TimedMean _cpu = new();
    private readonly TimedMean _cpuOfLimit = new();
    private readonly TimedMean _throttled = new();
    private (string EnvironmentId, TimeSpan At, ResourceSample Sample)? _last;

    /// <summary>The newest sample; null before the first.</summary>
    public ResourceSample? Newest => _last?.Sample;

    /// <summary>Samples with figures.</summary>
    public long Samples { get; private set; }

    /// <summary>For how long figures are known.</summary>
    public TimeSpan Span => _memory.Span;

    /// <summary>The most memory that a sample showed, in bytes.</summary>
    public long? PeakMemory { get; private set; }

    /// <summary>The largest share of its limit that memory had, 0 to 1.</summary>
    public double PeakMemoryShare { get; private set; }

    /// <summary>Mean memory in bytes; null before the first sample.</summary>
    public long? AverageMemory => (long?)_memory.Value ?? _last?.Sample.MemoryUsage;

    /// <summary>Mean processor use in percent of a core; null before the second sample.</summary>
    public double? AverageCpu => _cpu.Value;

    /// <summary>The same as a share of what may be used, 0 to 1 and a little beyond.</summary>
    public double? AverageCpuShare => _cpuOfLimit.Value / 100;

    /// <summary>Share of the scheduler's periods in which processes stood still, in percent.</summary>
    public double? AverageThrottled => _throttled.Value;

    public long OomKills { get; private set; }

    public long? DiskReadBytes { get; private set; }

    public long? DiskWriteBytes { get; private set; }

    public long? NetworkReceivedBytes { get; private set; }

    public long? NetworkSentBytes { get; private set; }

    /// <summary>A sample with figures was taken.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="at">When, by a clock that runs evenly.</param>
    public void Add(ResourceSample sample, TimeSpan at)
    {
        var before = _last is { } last && last.EnvironmentId == sample.EnvironmentId ? last.Sample : null;
        if (before is not null && at > _last!.Value.At)
            AddSpan(before, sample, at - _last.Value.At);
        Samples++;
        PeakMemory = Larger(PeakMemory, sample.MemoryUsage);
        if (sample is { MemoryUsage: { } used, MemoryLimit: > 0 and { } limit })
            PeakMemoryShare = Math.Max(PeakMemoryShare, (double)used / limit);
        OomKills += More(before?.OomKills, sample.OomKills) ?? 0;
        DiskReadBytes = Sum(DiskReadBytes, More(before?.DiskReadBytes, sample.DiskReadBytes));
        DiskWriteBytes = Sum(DiskWriteBytes, More(before?.DiskWriteBytes, sample.DiskWriteBytes));
        NetworkReceivedBytes = Sum(NetworkReceivedBytes, More(before?.NetworkReceivedBytes, sample.NetworkReceivedBytes));
        NetworkSentBytes = Sum(NetworkSentBytes, More(before?.NetworkSentBytes, sample.NetworkSentBytes));
        _last = (sample.EnvironmentId, at, sample);
    }

    private void AddSpan(ResourceSample from, ResourceSample to, TimeSpan span)
    {
        _memory.Add((from.MemoryUsage + to.MemoryUsage) / 2.0, span);
        var cpu = to.CpuTime - from.CpuTime is { } used && used >= TimeSpan.Zero ? 100 * (used / span) : (double?)null;
        _cpu.Add(cpu, span);
        _cpuOfLimit.Add(to is { CpuPercent: > 0 and { } percent, CpuPercentOfLimit: { } share } ? cpu * share / percent : cpu is null ? null : to.CpuPercentOfLimit, span);
        _throttled.Add(to.ThrottledPercent, span);
    }

    private static long? Larger(long? one, long? other) => one is null || other > one ? other ?? one : one;

    // A counter that went backwards counts something else by now: all that it shows is new.
    private static long? More(long? before, long? now) => now is null ? null : before is { } known && known <= now ? now - known : now;

    private static long? Sum(long? one, long? other) => other is null ? one : (one ?? 0) + other;
}
