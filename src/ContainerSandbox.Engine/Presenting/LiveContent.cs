namespace ContainerSandbox.Engine.Presenting;

/// <summary>What is known of a sandbox at one moment, for a live view.</summary>
public sealed record LiveContent
{
    /// <summary>The moment.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The sandbox.</summary>
    public required SandboxInfo Sandbox { get; init; }

    /// <summary>The monitor that runs; null when none does, so that the view takes the samples.</summary>
    public SandboxMonitorInfo? Monitor { get; init; }

    /// <summary>Claims that pools served over all claims, 0 to 1; null before the first.</summary>
    public double? HitRate { get; init; }

    /// <summary>Pools that cannot be filled, joined with a comma; empty when all can.</summary>
    public string DegradedPools { get; init; } = "";

    /// <summary>What one place in a drawing of recent use stands for: never less than the time between two samples.</summary>
    public required TimeSpan Step { get; init; }

    /// <summary>The agents with an environment, oldest first.</summary>
    public required IReadOnlyList<LiveAgent> Agents { get; init; }

    /// <summary>What happened last, newest first.</summary>
    public required IReadOnlyList<SandboxEvent> Events { get; init; }

    /// <summary>Why the view could take no samples; empty when it could or need not.</summary>
    public string Problem { get; init; } = "";
}
