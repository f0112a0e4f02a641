namespace ContainerSandbox;

/// <summary>
/// One reading of what an environment uses. Counters count from the start of its container. A figure that could not be had is null, never zero;
/// a sample without any is a gap and says why.
/// </summary>
public sealed record ResourceSample
{
    /// <summary>The agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>The sandbox.</summary>
    public required string SandboxId { get; init; }

    /// <summary>The environment.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The same in milliseconds since 1970, UTC, which no format of dates can lose.</summary>
    public long TimestampUnixMs => Timestamp.ToUnixTimeMilliseconds();

    /// <summary>Memory in use in bytes, without the part of the page cache that can be given back at once: what the docker command line shows.</summary>
    public long? MemoryUsage { get; init; }

    /// <summary>Memory that may be used, in bytes.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Of <see cref="MemoryUsage"/> what files in memory take, in bytes: /tmp, /home/agent, a /workspace without a folder of its own, and shared memory.</summary>
    public long? MemoryFileSystemUsage { get; init; }

    /// <summary>Processor use since the last sample in percent; 100 is one core. Null in the first.</summary>
    public double? CpuPercent { get; init; }

    /// <summary>The same in percent of what may be used, 0 to 100 and a little beyond.</summary>
    public double? CpuPercentOfLimit { get; init; }

    /// <summary>Processor time used.</summary>
    public TimeSpan? CpuTime { get; init; }

    /// <summary>For how long processes stood still because their share of the processor was used up.</summary>
    public TimeSpan? ThrottledTime { get; init; }

    /// <summary>Share of the scheduler's periods since the last sample that ended with processes standing still, in percent. Null in the first.</summary>
    public double? ThrottledPercent { get; init; }

    /// <summary>Processes and threads, those that keep the container going included.</summary>
    public int? ProcessCount { get; init; }

    /// <summary>Bytes read from block devices.</summary>
    public long? DiskReadBytes { get; init; }

    /// <summary>Bytes written to block devices.</summary>
    public long? DiskWriteBytes { get; init; }

    /// <summary>Bytes received over networks; null without one.</summary>
    public long? NetworkReceivedBytes { get; init; }

    /// <summary>Bytes sent over networks; null without one.</summary>
    public long? NetworkSentBytes { get; init; }

    /// <summary>Processes that the kernel ended because the memory was used up; null where that is not counted.</summary>
    public long? OomKills { get; init; }

    /// <summary>Share of the last ten seconds in which some process waited for memory, in percent; null where the kernel does not tell.</summary>
    public double? MemoryPressurePercent { get; init; }

    /// <summary>Where the figures come from.</summary>
    public SampleSource Source { get; init; }

    /// <summary>Why there are no figures; empty when there are.</summary>
    public string GapReason { get; init; } = "";
}
