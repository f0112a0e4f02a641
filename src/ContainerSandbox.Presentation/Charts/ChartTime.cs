namespace ContainerSandbox.Presentation.Charts;

/// <summary>The time that a chart shows.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
internal readonly record struct ChartTime(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Where a time is in it, 0 to 1.</summary>
    public double Share(DateTimeOffset time) => To > From ? Math.Clamp((time - From) / (To - From), 0, 1) : 0;
}
