namespace ContainerSandbox.Engine.Trends;

/// <summary>
/// The slope of a series as the median of the slopes between its points: Theil (1950), Sen (1968). Pairs across a shift do not count, as Hirsch, Slack and
/// Smith (1982) keep blocks apart.
/// </summary>
internal static class PairSlopes
{
    /// <summary>The slopes between all points of each segment, in order of size.</summary>
    /// <param name="series">The series.</param>
    /// <param name="shift">Where a new segment begins; 0 where there is one only.</param>
    /// <param name="reach">How far apart in the series two points are at most.</param>
    public static double[] Sorted(Series series, int shift = 0, int reach = int.MaxValue)
    {
        var slopes = new List<double>(series.Count * (series.Count - 1) / 2);
        for (var later = 1; later < series.Count; later++)
        {
            var begin = later >= shift ? shift : 0;
            for (var earlier = Math.Max(begin, reach < later ? later - reach : 0); earlier < later; earlier++)
                slopes.Add((series.Values[later] - series.Values[earlier]) / (series.Hours[later] - series.Hours[earlier]));
        }

        slopes.Sort();
        return [.. slopes];
    }

    /// <summary>The bounds that the slope is within, by the ranks of the slopes: Sen (1968).</summary>
    /// <param name="sorted">The slopes.</param>
    /// <param name="deviation">Standard deviation of Kendall's S over the same pairs.</param>
    /// <param name="quantile">Of the normal distribution, for the confidence that is wanted.</param>
    public static (double Low, double High) Interval(double[] sorted, double deviation, double quantile)
    {
        var outside = (int)Math.Clamp(Math.Floor((sorted.Length - (quantile * deviation)) / 2) - 1, 0, (sorted.Length - 1) / 2);
        return (sorted[outside], sorted[^(outside + 1)]);
    }
}
