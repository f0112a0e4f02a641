namespace ContainerSandbox.Engine.Backends;

/// <summary>What a container uses now and has used since its start. What nobody counts is null.</summary>
public sealed record ResourceReading
{
    /// <summary>Memory in use in bytes, without inactive page cache.</summary>
    public long? MemoryUsage { get; init; }

    /// <summary>Of it what files in memory take, in bytes.</summary>
    public long? MemoryFileSystemUsage { get; init; }

    /// <summary>Processor time used.</summary>
    public TimeSpan? CpuTime { get; init; }

    /// <summary>Time that processes stood still because their share of the processor was used up.</summary>
    public TimeSpan? ThrottledTime { get; init; }

    /// <summary>Periods of the scheduler in which something ran.</summary>
    public long? Periods { get; init; }

    /// <summary>Of these those that ended with processes standing still.</summary>
    public long? ThrottledPeriods { get; init; }

    /// <summary>Processes and threads.</summary>
    public int? ProcessCount { get; init; }

    /// <summary>Bytes read from block devices.</summary>
    public long? DiskReadBytes { get; init; }

    /// <summary>Bytes written to block devices.</summary>
    public long? DiskWriteBytes { get; init; }

    /// <summary>Bytes received over networks; null or nothing without one.</summary>
    public long? NetworkReceivedBytes { get; init; }

    /// <summary>Bytes sent over networks; null or nothing without one.</summary>
    public long? NetworkSentBytes { get; init; }

    /// <summary>Processes that the kernel ended because the memory was used up.</summary>
    public long? OomKills { get; init; }

    /// <summary>Share of the last ten seconds in which some process waited for memory, in percent.</summary>
    public double? MemoryPressurePercent { get; init; }
}
