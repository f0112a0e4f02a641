using ContainerSandbox.Engine.History;

namespace ContainerSandbox.Engine.Trends;

/// <summary>Says of the history of one environment where each figure goes.</summary>
internal static class ResourceTrends
{
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(365);

    /// <summary>A trend for each figure that the history has at all.</summary>
    /// <param name="readings">The history of one environment, the oldest first.</param>
    /// <param name="limits">What it may use.</param>
    public static IReadOnlyList<ResourceTrend> Of(IReadOnlyList<HistoryReading> readings, TrendLimits limits) =>
    [
        .. from figure in Enum.GetValues<ResourceFigure>()
           let series = FigureSeries.Of(figure, readings)
           where series.Points.Count > 0
           select Of(figure, series, limits.Of(figure, series.Points[^1])),
    ];

    private static ResourceTrend Of(ResourceFigure figure, FigureSeries whole, double? limit)
    {
        var (series, traits) = (whole.Series.Thin(), FigureTraits.Of(figure));
        var trend = Begin(figure, traits, whole.Points, limit);
        if (TrendEstimate.Of(series) is not { } estimate)
            return trend;
        var direction = traits.Direction(estimate, Robust.Median(series.Values), series.Hours[^1] - series.Hours[0]);
        trend = trend with
        {
            Direction = direction,
            Level = estimate.Level,
            SlopePerHour = estimate.Slope,
            SlopePerHourLow = estimate.SlopeLow,
            SlopePerHourHigh = estimate.SlopeHigh,
            LevelShift = estimate.Shift?.Size,
            LevelShiftAt = estimate.Shift is { } shift ? whole.Points[shift.Index * whole.Series.Step].Timestamp : null,
        };
        return direction == TrendDirection.Rising && limit is { } most
            ? trend with
            {
                TimeToLimit = Until(most - estimate.Level, estimate.Slope),
                TimeToLimitEarliest = Until(most - estimate.Level, estimate.SlopeHigh),
                TimeToLimitLatest = Until(most - estimate.Level, estimate.SlopeLow),
            }
            : trend;
    }

    private static ResourceTrend Begin(ResourceFigure figure, FigureTraits traits, List<ResourceHistoryPoint> points, double? limit) => new()
    {
        AgentId = points[0].AgentId,
        SandboxId = points[0].SandboxId,
        EnvironmentId = points[0].EnvironmentId,
        Figure = figure,
        Unit = traits.Unit,
        Limit = limit,
        Samples = points.Sum(point => point.Samples - point.Gaps),
        From = points[0].Timestamp,
        To = points[^1].Timestamp,
        Resolution = points[^1].Resolution,
    };

    private static TimeSpan? Until(double room, double slope)
    {
        if (room <= 0)
            return TimeSpan.Zero;
        return slope > 0 && room / slope <= Farthest.TotalHours ? TimeSpan.FromHours(room / slope) : null;
    }
}
