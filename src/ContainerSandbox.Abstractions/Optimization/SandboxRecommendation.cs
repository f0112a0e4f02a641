namespace ContainerSandbox;

/// <summary>What should change in a sandbox, and why. Values are text in the invariant culture: bytes, cores, counts.</summary>
public sealed record SandboxRecommendation
{
    /// <summary>The sandbox.</summary>
    public required string SandboxId { get; init; }

    /// <summary>What it is about.</summary>
    public required RecommendationKind Kind { get; init; }

    /// <summary>The agent that it is about; empty when it is about none.</summary>
    public string AgentId { get; init; } = "";

    /// <summary>The environment that it is about; empty when it is about none.</summary>
    public string EnvironmentId { get; init; } = "";

    /// <summary>The specialization whose pool it is about; empty when it is about none.</summary>
    public string Specialization { get; init; } = "";

    /// <summary>What changes: <c>WarmupContainers</c>, <c>Memory</c>, <c>Cpu</c>, <c>PreloadBaseImages</c> or <c>Environment</c>; empty when nothing can be changed for you.</summary>
    public string Setting { get; init; } = "";

    /// <summary>The value now.</summary>
    public string CurrentValue { get; init; } = "";

    /// <summary>The value that it should have.</summary>
    public string RecommendedValue { get; init; } = "";

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>What gets better by it; where <see cref="Setting"/> is empty, what to do.</summary>
    public required string ExpectedEffect { get; init; }

    /// <summary>The figures that it rests on.</summary>
    public required string Evidence { get; init; }
}
