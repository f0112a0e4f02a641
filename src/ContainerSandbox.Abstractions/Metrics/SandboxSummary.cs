namespace ContainerSandbox;

/// <summary>What was computed for a whole sandbox.</summary>
public sealed record SandboxSummary
{
    /// <summary>The sandbox.</summary>
    public required string SandboxId { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Environments that are claimed now.</summary>
    public required int Environments { get; init; }

    /// <summary>Claims that were served.</summary>
    public required long Claims { get; init; }

    /// <summary>Of these from a pool.</summary>
    public required long WarmClaims { get; init; }

    /// <summary>Of these by a start of their own.</summary>
    public required long ColdClaims { get; init; }

    /// <summary>Claims from a pool over all, 0 to 1; null before the first.</summary>
    public required double? HitRate { get; init; }

    /// <summary>Mean start-up time of claims from a pool.</summary>
    public required TimeSpan? AverageWarmStartupTime { get; init; }

    /// <summary>Mean start-up time of claims by a start of their own.</summary>
    public required TimeSpan? AverageColdStartupTime { get; init; }

    /// <summary>Commands that ended, in whatever way.</summary>
    public required long Commands { get; init; }

    /// <summary>Failures for a reason of the platform over all claims and commands, 0 to 1; null before the first.</summary>
    public required double? ErrorRate { get; init; }
}
