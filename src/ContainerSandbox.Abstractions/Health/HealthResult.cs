namespace ContainerSandbox;

/// <summary>The outcome of one health check of one environment.</summary>
public sealed record HealthResult
{
    /// <summary>The agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>The sandbox that it belongs to.</summary>
    public required string SandboxId { get; init; }

    /// <summary>The environment that was checked.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>How well it is.</summary>
    public required HealthStatus Status { get; init; }

    /// <summary>Why, joined with a semicolon; never empty.</summary>
    public required string Reasons { get; init; }

    /// <summary>When it was checked.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>How long the check took.</summary>
    public required TimeSpan Duration { get; init; }
}
