namespace ContainerSandbox.Engine.Trends;

/// <summary>What the values of a series say about where it goes.</summary>
internal sealed record TrendEstimate
{
    /// <summary>With fewer points nothing is said.</summary>
    public const int LeastPoints = 10;

    private const double Quantile95 = 1.959964;
    private const double Quantile99 = 2.575829;

    public required double Slope { get; init; }

    public required double SlopeLow { get; init; }

    public required double SlopeHigh { get; init; }

    /// <summary>The value at the end, by slope and median.</summary>
    public required double Level { get; init; }

    public required LevelShift? Shift { get; init; }

    /// <summary>Whether the slope is there by more than chance, with 99 % confidence.</summary>
    public required bool IsSignificant { get; init; }

    /// <summary>From the tenth part of what slope and shift leave to the ninth.</summary>
    public required double Spread { get; init; }

    /// <summary>Null when the series is too short.</summary>
    public static TrendEstimate? Of(Series series)
    {
        if (series.Count < LeastPoints)
            return null;
        var shift = LevelShift.Find(series);
        var index = shift?.Index ?? 0;
        var slopes = PairSlopes.Sorted(series, index);
        var slope = Robust.MedianOfSorted(slopes);
        var level = series.Without(slope);
        var (before, after) = (index == 0 ? 0 : Robust.Median(level[..index]), Robust.Median(level[index..]));
        var rest = level.Select((value, place) => value - (place < index ? before : after)).ToArray();

        var (earlier, later) = (Kendall.Test(series.Values[..index]), Kendall.Test(series.Values[index..]));
        var variance = (earlier.Variance + later.Variance) * SerialCorrelation.Factor(rest);
        var (low, high) = PairSlopes.Interval(slopes, Math.Sqrt(variance), Quantile95);
        return new TrendEstimate
        {
            Slope = slope,
            SlopeLow = low,
            SlopeHigh = high,
            Level = after + (slope * series.Hours[^1]),
            Shift = shift,
            IsSignificant = Math.Abs(Kendall.Score(earlier.Sum + later.Sum, variance)) > Quantile99,
            Spread = Robust.Spread(rest),
        };
    }
}
