namespace ContainerSandbox;

/// <summary>
/// What was computed for one agent from its claims, commands, samples and health checks in one sandbox, across all of its environments.
/// A figure that nothing is known about yet is null.
/// </summary>
public sealed record PerformanceMetrics
{
    /// <summary>The agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>The sandbox.</summary>
    public required string SandboxId { get; init; }

    /// <summary>Its newest environment.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>What became of its newest environment.</summary>
    public required AgentEnvironmentState State { get; init; }

    /// <summary>Claims that were served.</summary>
    public required long Claims { get; init; }

    /// <summary>Of these from the pool.</summary>
    public required long WarmClaims { get; init; }

    /// <summary>Of these by a start of their own.</summary>
    public required long ColdClaims { get; init; }

    /// <summary>Why claims were not served from a pool and how often, as <c>PoolEmpty=2;ImageDiffers=1</c>.</summary>
    public string MissReasons { get; init; } = "";

    /// <summary>Commands that ended, in whatever way.</summary>
    public required long Commands { get; init; }

    /// <summary>Mean of the start-up times of the agent's claims.</summary>
    public required TimeSpan? AverageStartupTime { get; init; }

    /// <summary>Of these ended by their timeout.</summary>
    public long Timeouts { get; init; }

    /// <summary>Exit codes and how often each came, as <c>0=12;1=3</c>; of many only the first are told apart.</summary>
    public string ExitCodes { get; init; } = "";

    /// <summary>Samples with figures that were taken.</summary>
    public required long Samples { get; init; }

    /// <summary>Start-up time that half of the last 500 claims did not exceed.</summary>
    public TimeSpan? StartupTimeP50 { get; init; }

    /// <summary>Start-up time that 95 of 100 of the last 500 claims did not exceed.</summary>
    public TimeSpan? StartupTimeP95 { get; init; }

    /// <summary>Start-up time that 99 of 100 of the last 500 claims did not exceed.</summary>
    public TimeSpan? StartupTimeP99 { get; init; }

    /// <summary>Mean time of the claims' allocation: to find or start a container.</summary>
    public TimeSpan? AverageAllocationTime { get; init; }

    /// <summary>Mean time of the claims' verification: to find out that the container can be the agent's.</summary>
    public TimeSpan? AverageVerificationTime { get; init; }

    /// <summary>Duration that half of the last 500 commands did not exceed.</summary>
    public TimeSpan? CommandTimeP50 { get; init; }

    /// <summary>Duration that 95 of 100 of the last 500 commands did not exceed.</summary>
    public TimeSpan? CommandTimeP95 { get; init; }

    /// <summary>Mean memory use in bytes, weighted by time.</summary>
    public required long? AverageMemoryUsage { get; init; }

    /// <summary>The most memory that a sample showed, in bytes.</summary>
    public long? PeakMemoryUsage { get; init; }

    /// <summary>Mean processor use in percent; 100 is one core.</summary>
    public required double? AverageCpuUsage { get; init; }

    /// <summary>Share of the scheduler's periods in which processes stood still because their share of the processor was used up, in percent, weighted by time.</summary>
    public double? ThrottledPercent { get; init; }

    /// <summary>Processes that the kernel ended because the memory was used up.</summary>
    public long OomKills { get; init; }

    /// <summary>Bytes read from block devices by all environments; null where nobody counts them.</summary>
    public long? DiskReadBytes { get; init; }

    /// <summary>Bytes written to block devices by all environments.</summary>
    public long? DiskWriteBytes { get; init; }

    /// <summary>Bytes received over networks by all environments; null without one.</summary>
    public long? NetworkReceivedBytes { get; init; }

    /// <summary>Bytes sent over networks by all environments; null without one.</summary>
    public long? NetworkSentBytes { get; init; }

    /// <summary>
    /// Claims and commands that failed for a reason of the platform (start failure, timeout, memory used up, engine lost) over all, 0 to 1.
    /// </summary>
    public required double? ErrorRate { get; init; }

    /// <summary>1 minus <see cref="ErrorRate"/>.</summary>
    public required double? SuccessRate { get; init; }

    /// <summary>Commands with an exit code other than 0 over all commands, 0 to 1.</summary>
    public required double? NonZeroExitRate { get; init; }

    /// <summary>Health checks that were Healthy or Warning over all but Unknown, 0 to 1.</summary>
    public required double? HealthCheckSuccessRate { get; init; }

    /// <summary>
    /// How well the agent uses what it is given, 0 to 1: the mean of the memory and the processor part, times the parts for throttling, used-up memory and
    /// errors. Null as long as there are fewer than 5 samples over 30 s.
    /// </summary>
    public required double? ResourceEfficiencyScore { get; init; }

    /// <summary>The largest share of its memory limit that the agent used, as a share of the 60 % that count as full use; 0 to 1.</summary>
    public double? EfficiencyMemoryPart { get; init; }

    /// <summary>The mean share of its processor limit that the agent used, as a share of the 60 % that count as full use; 0 to 1.</summary>
    public double? EfficiencyCpuPart { get; init; }

    /// <summary>1 minus the share of throttled periods.</summary>
    public double? EfficiencyThrottlingPart { get; init; }

    /// <summary>1 minus processes that were ended for want of memory, by claim and command.</summary>
    public double? EfficiencyOomPart { get; init; }

    /// <summary>1 minus <see cref="ErrorRate"/>.</summary>
    public double? EfficiencyErrorPart { get; init; }

    /// <summary>When it was last optimized.</summary>
    public required DateTimeOffset? LastOptimized { get; init; }
}
