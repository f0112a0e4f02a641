namespace ContainerSandbox;

/// <summary>What was computed for a whole sandbox.</summary>
public sealed record SandboxSummary
{
    /// <summary>The sandbox.</summary>
    public required string SandboxId { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Environments that are claimed now.</summary>
    public required int Environments { get; init; }

    /// <summary>Of these, those that run.</summary>
    public int Running { get; init; }

    /// <summary>Of these, those whose container ended unasked.</summary>
    public int Lost { get; init; }

    /// <summary>Environments that are Healthy, by their last check.</summary>
    public int Healthy { get; init; }

    /// <summary>Environments that are a Warning.</summary>
    public int Warning { get; init; }

    /// <summary>Environments that are Critical.</summary>
    public int Critical { get; init; }

    /// <summary>Environments whose health is Unknown.</summary>
    public int UnknownHealth { get; init; }

    /// <summary>Claims that were served.</summary>
    public required long Claims { get; init; }

    /// <summary>Of these from a pool.</summary>
    public required long WarmClaims { get; init; }

    /// <summary>Of these by a start of their own.</summary>
    public required long ColdClaims { get; init; }

    /// <summary>Why claims were not served from a pool and how often, as <c>PoolEmpty=2;ImageDiffers=1</c>.</summary>
    public string MissReasons { get; init; } = "";

    /// <summary>Claims from a pool over all, 0 to 1; null before the first.</summary>
    public required double? HitRate { get; init; }

    /// <summary>Mean start-up time of claims from a pool.</summary>
    public required TimeSpan? AverageWarmStartupTime { get; init; }

    /// <summary>Mean start-up time of claims by a start of their own.</summary>
    public required TimeSpan? AverageColdStartupTime { get; init; }

    /// <summary>Start-up time that half of the last 500 claims did not exceed.</summary>
    public TimeSpan? StartupTimeP50 { get; init; }

    /// <summary>Start-up time that 95 of 100 of the last 500 claims did not exceed.</summary>
    public TimeSpan? StartupTimeP95 { get; init; }

    /// <summary>Start-up time that 99 of 100 of the last 500 claims did not exceed.</summary>
    public TimeSpan? StartupTimeP99 { get; init; }

    /// <summary>Commands that ended, in whatever way.</summary>
    public required long Commands { get; init; }

    /// <summary>Duration that half of the last 500 commands did not exceed.</summary>
    public TimeSpan? CommandTimeP50 { get; init; }

    /// <summary>Duration that 95 of 100 of the last 500 commands did not exceed.</summary>
    public TimeSpan? CommandTimeP95 { get; init; }

    /// <summary>Commands that their timeout ended.</summary>
    public long Timeouts { get; init; }

    /// <summary>Exit codes and how often each came, as <c>0=12;1=3</c>; of many only the first are told apart.</summary>
    public string ExitCodes { get; init; } = "";

    /// <summary>Health checks that were Healthy or Warning over all but Unknown, 0 to 1.</summary>
    public double? HealthCheckSuccessRate { get; init; }

    /// <summary>The memory limits of all environments together, in bytes.</summary>
    public long MemoryReserved { get; init; }

    /// <summary>Memory that they use by their newest samples, in bytes; null before the first.</summary>
    public long? MemoryUsed { get; init; }

    /// <summary>The processor limits of all environments together, in cores.</summary>
    public double CpuReserved { get; init; }

    /// <summary>Cores that they use by their newest samples; null before the second of any.</summary>
    public double? CpuUsed { get; init; }

    /// <summary>The three that use the most memory.</summary>
    public string TopMemory { get; init; } = "";

    /// <summary>The three that use the most of the processor.</summary>
    public string TopCpu { get; init; } = "";

    /// <summary>Failures for a reason of the platform over all claims and commands, 0 to 1; null before the first.</summary>
    public required double? ErrorRate { get; init; }
}
