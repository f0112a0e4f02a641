namespace ContainerSandbox;

/// <summary>A sandbox as it was when this was emitted: a snapshot that carries ids, never live objects.</summary>
public sealed record SandboxInfo
{
    /// <summary>Eight hexadecimal digits; part of the name of every container of the sandbox.</summary>
    public required string SandboxId { get; init; }

    /// <summary>The name given to it, unique in a runspace.</summary>
    public required string Name { get; init; }

    /// <summary>True when cmdlets of this runspace use it unless told otherwise.</summary>
    public bool IsDefault { get; init; }

    /// <summary>What it can do at the moment.</summary>
    public required SandboxState State { get; init; }

    /// <summary>The image as it was asked for.</summary>
    public required string Image { get; init; }

    /// <summary>The id that the image was resolved to.</summary>
    public required string ImageId { get; init; }

    /// <summary>The folder in which its agents work; empty when workspaces are in memory.</summary>
    public string Workspace { get; init; } = "";

    /// <summary>The engine it is connected to.</summary>
    public required EngineInfo Engine { get; init; }

    /// <summary>How its containers start fast: what is in force. WarmupContainers is the default pool's target.</summary>
    public required StartupOptimization Optimization { get; init; }

    /// <summary>The specializations with a template of their own, joined with a comma; empty when all use the default one.</summary>
    public required string Templates { get; init; }

    /// <summary>After so long without a claim a pool keeps nothing ready; null when it always does.</summary>
    public required TimeSpan? PoolIdleTimeout { get; init; }

    /// <summary>What becomes of ready containers when the name of their image comes to stand for another one.</summary>
    public required ImageChangePolicy ImageChangePolicy { get; init; }

    /// <summary>Containers that start at once, as asked for; null when the sandbox decides.</summary>
    public required int? ThrottleLimit { get; init; }

    /// <summary>Containers that its pools together keep ready.</summary>
    public required int WarmupContainers { get; init; }

    /// <summary>Containers that are ready now.</summary>
    public required int Ready { get; init; }

    /// <summary>Environments that are claimed now.</summary>
    public required int Environments { get; init; }

    /// <summary>Containers that should be gone and could not be shown to be so far. Each is tried again until it is.</summary>
    public int Quarantined { get; init; }

    /// <summary>Default memory limit of an environment in bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>Default processor limit of an environment in cores.</summary>
    public required double Cpu { get; init; }

    /// <summary>Default limit of processes in an environment.</summary>
    public required int PidsLimit { get; init; }

    /// <summary>Default protections that are off in containers of any of its templates, joined with a comma; empty when none is.</summary>
    public required string Weakenings { get; init; }

    /// <summary>When it was initialized.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How long its initialization took.</summary>
    public required TimeSpan InitializationTime { get; init; }

    /// <inheritdoc />
    public override string ToString() => Name;
}
