namespace ContainerSandbox;

/// <summary>A claim that a pool did not serve.</summary>
public sealed record SandboxPoolMiss
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whose claim it was.</summary>
    public required string AgentId { get; init; }

    /// <summary>Why it was not served from the pool.</summary>
    public required MissReason Reason { get; init; }

    /// <summary>The parameter that made the pool's containers ineligible; empty when none did.</summary>
    public required string Field { get; init; }

    /// <summary>What was asked for and what there was.</summary>
    public required string Detail { get; init; }

    /// <inheritdoc />
    public override string ToString() => Field.Length > 0 ? $"{AgentId}: {Reason} ({Field}), {Detail}" : $"{AgentId}: {Reason}, {Detail}";
}
