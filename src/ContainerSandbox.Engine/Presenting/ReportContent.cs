namespace ContainerSandbox.Engine.Presenting;

/// <summary>What is known of a sandbox at one moment, for a report.</summary>
public sealed record ReportContent
{
    /// <summary>The moment.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on history and events are shown.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The sandbox.</summary>
    public required SandboxInfo Sandbox { get; init; }

    /// <summary>Its figures as a whole.</summary>
    public required SandboxSummary Summary { get; init; }

    /// <summary>The monitor that runs, or the last that ran; null before the first.</summary>
    public SandboxMonitorInfo? Monitor { get; init; }

    /// <summary>The environments of the wanted agents, oldest first.</summary>
    public required IReadOnlyList<AgentEnvironment> Environments { get; init; }

    /// <summary>The first wanted agents in full, no more than <see cref="SandboxReport.MostAgentsInFull"/>.</summary>
    public required IReadOnlyList<ReportAgent> Agents { get; init; }

    /// <summary>Wanted agents that are in the tables alone.</summary>
    public required int OtherAgents { get; init; }

    /// <summary>Its pools.</summary>
    public required IReadOnlyList<SandboxPoolInfo> Pools { get; init; }

    /// <summary>The figures of each wanted agent.</summary>
    public required IReadOnlyList<PerformanceMetrics> Metrics { get; init; }

    /// <summary>What should change for the wanted agents and in the pools.</summary>
    public IReadOnlyList<SandboxRecommendation> Recommendations { get; init; } = [];

    /// <summary>What happened to the wanted agents, and what is about no agent, oldest first.</summary>
    public required IReadOnlyList<SandboxEvent> Events { get; init; }
}
