namespace ContainerSandbox;

/// <summary>One prerequisite of a sandbox, its state, and what to do about it.</summary>
public sealed record EngineCheck
{
    /// <summary>What was looked at.</summary>
    public required string Name { get; init; }

    /// <summary>What it came to.</summary>
    public required CheckStatus Status { get; init; }

    /// <summary>What was found.</summary>
    public required string Detail { get; init; }

    /// <summary>A command or a setting that helps; empty when nothing needs to be done.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>True when <c>Test-SandboxEngine -Repair</c> does it.</summary>
    public bool CanRepair { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Name}: {Status}";
}
