namespace ContainerSandbox;

/// <summary>A recommendation that was carried out, or undone. Values are text in the invariant culture: bytes, cores, counts.</summary>
public sealed record SandboxOptimization
{
    /// <summary>The sandbox.</summary>
    public required string SandboxId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What it is about.</summary>
    public required RecommendationKind Kind { get; init; }

    /// <summary>The agent; empty when it is about none.</summary>
    public string AgentId { get; init; } = "";

    /// <summary>The environment that the agent has since then; empty when it is about none.</summary>
    public string EnvironmentId { get; init; } = "";

    /// <summary>The specialization whose pool was changed; empty when it is about none.</summary>
    public string Specialization { get; init; } = "";

    /// <summary>What was changed.</summary>
    public required string Setting { get; init; }

    /// <summary>The value before.</summary>
    public required string ValueBefore { get; init; }

    /// <summary>The value since then.</summary>
    public required string ValueAfter { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>True when this took an earlier change back.</summary>
    public bool Undone { get; init; }

    /// <summary>True when a monitor did it by itself.</summary>
    public bool Automatic { get; init; }
}
