namespace ContainerSandbox.Presentation.Charts;

/// <summary>Values over time, few enough to be drawn.</summary>
internal static class Series
{
    private const int PointsOfABucket = 3;
    private const int StepsOfAGap = 4;

    /// <summary>
    /// No more than so many points of a series: of each stretch its least and its greatest and, where it has one, a gap. The extremes of the
    /// whole stay, nothing is made up, and a series that is short enough stays as it is.
    /// </summary>
    /// <param name="points">The series in the order of its times.</param>
    /// <param name="most">3 or more.</param>
    public static IReadOnlyList<SeriesPoint> Thin(IReadOnlyList<SeriesPoint> points, int most)
    {
        if (points.Count <= most)
            return points;
        var buckets = most / PointsOfABucket;
        var thin = new List<SeriesPoint>(most);
        for (var bucket = 0; bucket < buckets; bucket++)
            AddBucket(thin, points, (int)((long)points.Count * bucket / buckets), (int)((long)points.Count * (bucket + 1) / buckets));
        return thin;
    }

    /// <summary>The same with a gap wherever nothing is known for several times as long as usual.</summary>
    /// <param name="points">The series in the order of its times.</param>
    public static IReadOnlyList<SeriesPoint> MarkPauses(IReadOnlyList<SeriesPoint> points)
    {
        if (points.Count < 3)
            return points;
        var steps = points.Skip(1).Zip(points, (next, point) => next.Time - point.Time).ToList();
        var usual = steps.Order().ElementAt(steps.Count / 2);
        var marked = new List<SeriesPoint> { points[0] };
        for (var index = 1; index < points.Count; index++)
        {
            if (steps[index - 1] > usual * StepsOfAGap)
                marked.Add(new SeriesPoint(points[index - 1].Time + (steps[index - 1] / 2), null));
            marked.Add(points[index]);
        }

        return marked;
    }

    /// <summary>The stretches between gaps.</summary>
    /// <param name="points">The series.</param>
    public static IReadOnlyList<IReadOnlyList<SeriesPoint>> Split(IReadOnlyList<SeriesPoint> points)
    {
        var stretches = new List<IReadOnlyList<SeriesPoint>>();
        var stretch = new List<SeriesPoint>();
        foreach (var point in points.Append(default))
        {
            if (point.Value is not null)
                stretch.Add(point);
            else if (stretch.Count > 0)
            {
                stretches.Add(stretch);
                stretch = [];
            }
        }

        return stretches;
    }

    private static void AddBucket(List<SeriesPoint> thin, IReadOnlyList<SeriesPoint> points, int from, int to)
    {
        var (least, greatest, gap) = (-1, -1, -1);
        for (var index = from; index < to; index++)
        {
            if (points[index].Value is not { } value)
            {
                gap = gap < 0 ? index : gap;
                continue;
            }

            least = least < 0 || value < points[least].Value ? index : least;
            greatest = greatest < 0 || value > points[greatest].Value ? index : greatest;
        }

        foreach (var index in new[] { least, greatest, gap }.Where(index => index >= 0).Distinct().Order())
            thin.Add(points[index]);
    }
}
