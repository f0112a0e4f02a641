namespace ContainerSandbox;

/// <summary>Something that happened in a sandbox.</summary>
public sealed record SandboxEvent
{
    /// <summary>Grows by one from event to event of a sandbox, from 1 on.</summary>
    public required long Number { get; init; }

    /// <summary>The sandbox.</summary>
    public required string SandboxId { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>What kind of thing.</summary>
    public required SandboxEventKind Kind { get; init; }

    /// <summary>The agent that it is about; empty when it is about none.</summary>
    public string AgentId { get; init; } = "";

    /// <summary>The environment that it is about; empty when it is about none.</summary>
    public string EnvironmentId { get; init; } = "";

    /// <summary>What happened and why, for people.</summary>
    public required string Cause { get; init; }
}
