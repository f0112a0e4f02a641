namespace ContainerSandbox;

/// <summary>What a removal proved about one thing.</summary>
public sealed record CleanupReceipt
{
    /// <summary>The sandbox that it belonged to.</summary>
    public required string SandboxId { get; init; }

    /// <summary>The environment that it was; empty for a slot.</summary>
    public string EnvironmentId { get; init; } = "";

    /// <summary>The agent whose it was; empty for a slot.</summary>
    public string AgentId { get; init; } = "";

    /// <summary>What it was.</summary>
    public required CleanupKind Kind { get; init; }

    /// <summary>Its name on the engine; of a workspace its path.</summary>
    public required string Name { get; init; }

    /// <summary>The engine's id of it; of a workspace that of the container that had it.</summary>
    public required string ContainerId { get; init; }

    /// <summary>True when the engine was asked afterwards and does not know it any more.</summary>
    public required bool Verified { get; init; }

    /// <summary>From the request to the proof.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>When it was proved.</summary>
    public required DateTimeOffset RemovedAt { get; init; }

    /// <summary>What was needed beyond closing its lease, or why the proof is missing.</summary>
    public string Detail { get; init; } = "";
}
