namespace ContainerSandbox;

/// <summary>A pool as it was when this was emitted.</summary>
public sealed record SandboxPoolInfo
{
    /// <summary>The specialization whose pool serves all without one of their own.</summary>
    public const string DefaultSpecialization = "default";

    /// <summary>The sandbox that it belongs to.</summary>
    public required string SandboxId { get; init; }

    /// <summary>The specialization that it serves; <c>default</c> serves all without a pool of their own.</summary>
    public required string Specialization { get; init; }

    /// <summary>The image of its containers.</summary>
    public required string Image { get; init; }

    /// <summary>Memory limit of its environments in bytes, unless a claim gives its own.</summary>
    public required long Memory { get; init; }

    /// <summary>Processor limit of its environments in cores, unless a claim gives its own.</summary>
    public required double Cpu { get; init; }

    /// <summary>Limit of processes in its environments, unless a claim gives its own.</summary>
    public required int PidsLimit { get; init; }

    /// <summary>Default protections that are off in its containers, joined with a comma; empty when none is.</summary>
    public string Weakenings { get; init; } = "";

    /// <summary>Containers that it keeps ready.</summary>
    public required int Target { get; init; }

    /// <summary>Containers that are ready.</summary>
    public required int Ready { get; init; }

    /// <summary>Containers that are being started.</summary>
    public required int Creating { get; init; }

    /// <summary>Containers that are being removed.</summary>
    public required int Removing { get; init; }

    /// <summary>What it is doing.</summary>
    public required PoolState State { get; init; }

    /// <summary>Claims that it served, since initialization.</summary>
    public required long WarmClaims { get; init; }

    /// <summary>Claims that were served by a start of their own, since initialization.</summary>
    public required long ColdClaims { get; init; }

    /// <summary>Claims served over all claims, 0 to 1; null before the first.</summary>
    public required double? HitRate { get; init; }

    /// <summary>Why the last claim that it could not serve was not.</summary>
    public required MissReason LastMissReason { get; init; }

    /// <summary>Why the last start failed; empty when it did not.</summary>
    public required string LastError { get; init; }

    /// <summary>Its containers, each with what it is doing and why; empty unless details were asked for.</summary>
    public IReadOnlyList<SandboxSlotInfo> Slots { get; init; } = [];

    /// <summary>The last ten claims that it did not serve, newest first; empty unless details were asked for.</summary>
    public IReadOnlyList<SandboxPoolMiss> Misses { get; init; } = [];
}
