namespace ContainerSandbox;

/// <summary>The monitor of a sandbox as it was when this was emitted.</summary>
public sealed record SandboxMonitorInfo
{
    /// <summary>The sandbox.</summary>
    public required string SandboxId { get; init; }

    /// <summary>The sandbox's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is doing.</summary>
    public required MonitorState State { get; init; }

    /// <summary>How often it takes samples.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>True when it changes limits of environments by itself.</summary>
    public bool AutoOptimize { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How often it has taken samples.</summary>
    public required long Ticks { get; init; }

    /// <summary>How often it should have and did not, because the sweep before was not done.</summary>
    public required long SkippedTicks { get; init; }

    /// <summary>Environments in the last sweep.</summary>
    public required int Environments { get; init; }

    /// <summary>Of these, those that gave no figures.</summary>
    public required int Gaps { get; init; }

    /// <summary>How long half of the last sweeps took at most; null before the first.</summary>
    public TimeSpan? SweepTimeP50 { get; init; }

    /// <summary>How long 99 of 100 of the last sweeps took at most; null before the first.</summary>
    public TimeSpan? SweepTimeP99 { get; init; }

    /// <summary>
    /// Processor time that it used here since it began in percent of one core; what waits for the engine's answers is left out. Null where the
    /// operating system does not tell.
    /// </summary>
    public double? CpuPercent { get; init; }

    /// <summary>Events that came faster than the script for them took them, and were dropped.</summary>
    public long DroppedEvents { get; init; }

    /// <summary>Why its last sweep failed; empty when it did not.</summary>
    public string LastError { get; init; } = "";
}
