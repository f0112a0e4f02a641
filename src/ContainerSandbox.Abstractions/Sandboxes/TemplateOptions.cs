namespace ContainerSandbox;

/// <summary>The template of a specialization. What is null takes the sandbox's value.</summary>
public sealed record TemplateOptions
{
    /// <summary>The specialization that it serves; compared without regard to case.</summary>
    public required string Specialization { get; init; }

    /// <summary>Reference of its image.</summary>
    public required string Image { get; init; }

    /// <summary>Containers that its pool keeps ready; 0 or more.</summary>
    public int? WarmupContainers { get; init; }

    /// <summary>The kind of its workspace; <see cref="WorkspaceKind.Bound"/> needs a sandbox with a workspace.</summary>
    public WorkspaceKind? WorkspaceKind { get; init; }

    /// <summary>Memory limit of an environment in bytes.</summary>
    public long? Memory { get; init; }

    /// <summary>Processor limit of an environment in cores.</summary>
    public double? Cpu { get; init; }

    /// <summary>Limit of processes in an environment.</summary>
    public int? PidsLimit { get; init; }

    /// <summary>What is opened of its containers.</summary>
    public SandboxOpeners Openers { get; init; } = new();
}
