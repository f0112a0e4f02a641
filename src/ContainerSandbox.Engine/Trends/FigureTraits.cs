namespace ContainerSandbox.Engine.Trends;

/// <summary>What a figure is: its unit, and how much of it matters to people.</summary>
/// <param name="Unit">Its unit.</param>
/// <param name="Least">A change by less than this matters to nobody.</param>
internal sealed record FigureTraits(string Unit, double Least)
{
    // Of the level; smaller changes are no trend, and smaller swings are not erratic.
    private const double MaterialChange = 0.02;
    private const double ErraticSpread = 0.5;
    private const double ErraticLeast = 4;

    public static FigureTraits Of(ResourceFigure figure) => figure switch
    {
        ResourceFigure.Memory => new("bytes", 1 << 20),
        ResourceFigure.Cpu => new("percent", 2),
        ResourceFigure.Processes => new("processes", 1),
        _ => new("bytes per second", 1024),
    };

    /// <summary>The word for what was found.</summary>
    /// <param name="estimate">What was found.</param>
    /// <param name="median">How high the figure is in general.</param>
    /// <param name="hours">How long it was watched.</param>
    public TrendDirection Direction(TrendEstimate estimate, double median, double hours)
    {
        var material = Math.Max(Least, MaterialChange * Math.Abs(median));
        if (estimate.IsSignificant && Math.Abs(estimate.Slope) * hours >= material)
            return estimate.Slope > 0 ? TrendDirection.Rising : TrendDirection.Falling;
        return estimate.Spread >= Math.Max(ErraticLeast * Least, ErraticSpread * Math.Abs(median)) ? TrendDirection.Erratic : TrendDirection.Stable;
    }
}
