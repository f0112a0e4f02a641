namespace ContainerSandbox;

/// <summary>From where on something is worth a recommendation.</summary>
public sealed record RecommendationOptions
{
    /// <summary>The usual ones.</summary>
    public static RecommendationOptions Usual { get; } = new();

    /// <summary>An efficiency score below this, 0 to 1, brings a recommendation.</summary>
    public double EfficiencyThreshold { get; init; } = 0.6;

    /// <summary>A claim that took longer than this brings a recommendation.</summary>
    public TimeSpan StartupThreshold { get; init; } = TimeSpan.FromSeconds(10);
}
