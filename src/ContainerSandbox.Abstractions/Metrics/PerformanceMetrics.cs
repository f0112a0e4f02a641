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

    /// <summary>Commands that ended, in whatever way.</summary>
    public required long Commands { get; init; }

    /// <summary>Mean of the start-up times of the agent's claims.</summary>
    public required TimeSpan? AverageStartupTime { get; init; }

    /// <summary>Samples with figures that were taken.</summary>
    public required long Samples { get; init; }

    /// <summary>Mean memory use in bytes, weighted by time.</summary>
    public required long? AverageMemoryUsage { get; init; }

    /// <summary>Mean processor use in percent; 100 is one core.</summary>
    public required double? AverageCpuUsage { get; init; }

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

    /// <summary>How well the agent uses what it is given, 0 to 1.</summary>
    public required double? ResourceEfficiencyScore { get; init; }

    /// <summary>When it was last optimized.</summary>
    public required DateTimeOffset? LastOptimized { get; init; }
}
