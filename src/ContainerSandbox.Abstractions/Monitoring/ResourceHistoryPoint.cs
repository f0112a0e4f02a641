namespace ContainerSandbox;

/// <summary>What an environment used over a stretch of time: what the samples in it showed. A figure that none had is null.</summary>
public sealed record ResourceHistoryPoint
{
    /// <summary>The agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>The sandbox.</summary>
    public required string SandboxId { get; init; }

    /// <summary>The environment.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>When the stretch begins.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The same in milliseconds since 1970, UTC.</summary>
    public long TimestampUnixMs => Timestamp.ToUnixTimeMilliseconds();

    /// <summary>How long the stretch is; zero for a single sample.</summary>
    public required TimeSpan Resolution { get; init; }

    /// <summary>Samples in it.</summary>
    public required int Samples { get; init; }

    /// <summary>Samples in it that had no figures.</summary>
    public required int Gaps { get; init; }

    /// <summary>Least memory in use in bytes.</summary>
    public long? MemoryMinimum { get; init; }

    /// <summary>Mean memory in use in bytes.</summary>
    public long? MemoryMean { get; init; }

    /// <summary>Most memory in use in bytes.</summary>
    public long? MemoryMaximum { get; init; }

    /// <summary>Memory that may be used in bytes, by the newest sample.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Least processor use in percent; 100 is one core.</summary>
    public double? CpuMinimum { get; init; }

    /// <summary>Mean processor use in percent; 100 is one core.</summary>
    public double? CpuMean { get; init; }

    /// <summary>Most processor use in percent; 100 is one core.</summary>
    public double? CpuMaximum { get; init; }

    /// <summary>Least number of processes.</summary>
    public int? ProcessMinimum { get; init; }

    /// <summary>Mean number of processes.</summary>
    public double? ProcessMean { get; init; }

    /// <summary>Most processes.</summary>
    public int? ProcessMaximum { get; init; }

    /// <summary>Throttled time counted by the newest sample.</summary>
    public TimeSpan? ThrottledTime { get; init; }

    /// <summary>Bytes read from block devices, by the newest sample.</summary>
    public long? DiskReadBytes { get; init; }

    /// <summary>Bytes written to block devices, by the newest sample.</summary>
    public long? DiskWriteBytes { get; init; }

    /// <summary>Bytes received over networks, by the newest sample.</summary>
    public long? NetworkReceivedBytes { get; init; }

    /// <summary>Bytes sent over networks, by the newest sample.</summary>
    public long? NetworkSentBytes { get; init; }

    /// <summary>Why samples are missing, by the newest of them; empty when none is.</summary>
    public string GapReason { get; init; } = "";
}
