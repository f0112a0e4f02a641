namespace ContainerSandbox.Engine.Trends;

/// <summary>A level that changed at once.</summary>
/// <param name="Index">The first point after it.</param>
/// <param name="Size">By how much.</param>
internal sealed record LevelShift(int Index, double Size)
{
    private const int Rounds = 4;
    private const int LeastPoints = 10;
    private const double Significance = 0.01;
    private const double Deviations = 2;
    private const double Unexplained = 0.7;
    private const double FewPoints = 4;
    private const double Rounding = 1e-9;

    /// <summary>
    /// Finds one by the test of Pettitt (1979), on what a slope leaves: which depends on where the shift is, so both are found in turn. The first slope comes of
    /// points that are near each other, since few of these have a shift between them.
    /// </summary>
    public static LevelShift? Find(Series series)
    {
        var least = Math.Max(LeastPoints, series.Count / 20);
        if (series.Count < 2 * least)
            return null;
        var slope = Robust.MedianOfSorted(PairSlopes.Sorted(series, reach: Math.Max(5, series.Count / 10)));
        var index = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var found = Place(series.Without(slope), least);
            if (found == index)
                break;
            index = found;
            slope = Robust.MedianOfSorted(PairSlopes.Sorted(series, index));
        }

        var level = series.Without(slope);
        var size = Robust.Median(level[index..]) - Robust.Median(level[..index]);
        var rest = level.Select((value, place) => place < index ? value : value - size).ToArray();
        return size != 0 && Math.Abs(size) >= Deviations * Robust.Deviation(rest) && Explains(series, rest)
            && IsSignificant(level, least, SerialCorrelation.Factor(rest)) && IsSudden(level, index, Math.Max(least, series.Count / 10), size)
            ? new LevelShift(index, size) : null;
    }

    // What wanders is always a little nearer to two lines than to one, the more the fewer points there are: a shift must leave much less unexplained than a
    // slope alone.
    private static bool Explains(Series series, double[] rest)
    {
        var line = series.Without(Robust.MedianOfSorted(PairSlopes.Sorted(series)));
        return Away(rest) <= (Unexplained - (FewPoints / series.Count)) * Away(line);
    }

    private static double Away(double[] values)
    {
        var median = Robust.Median(values);
        return values.Sum(value => Math.Abs(value - median));
    }

    private static bool IsSignificant(double[] level, int least, double factor)
    {
        var sum = Most(level, least).Sum;
        double count = level.Length;
        var probability = 2 * Math.Exp(-6 * sum * sum / factor / ((count * count * count) + (count * count)));
        return probability < Significance;
    }

    // A curve has two levels as well, and nothing happens between them.
    private static bool IsSudden(double[] level, int index, int reach, double size)
    {
        var near = Robust.Median(level[index..Math.Min(level.Length, index + reach)]) - Robust.Median(level[Math.Max(0, index - reach)..index]);
        return near / size >= 0.5;
    }

    // The test's own place is beside the shift where the levels last for different times: values near the other level go with that. So of all places it is
    // the one from which values are least away from the medians on both sides of the test's.
    private static int Place(double[] level, int least)
    {
        var index = Most(level, least).Index;
        var (before, after) = (Robust.Median(level[..index]), Robust.Median(level[index..]));
        return Highest(level, least, Sums(level.Select(value => Math.Abs(value - after) - Math.Abs(value - before)))).Index;
    }

    // Where the ranks before differ most from those after, and by how much.
    private static (int Index, double Sum) Most(double[] values, int least)
    {
        var sums = Sums(Robust.Ranks(values).Select(rank => (2 * rank) - (values.Length + 1)));
        return Highest(values, least, [.. sums.Select(Math.Abs)]);
    }

    // The sum of those before each place.
    private static double[] Sums(IEnumerable<double> numbers)
    {
        var sum = 0.0;
        return [0, .. numbers.Select(number => sum += number)];
    }

    // Of several places with the same sum, which are common, the one with the largest step.
    private static (int Index, double Sum) Highest(double[] values, int least, double[] sums)
    {
        var places = Enumerable.Range(least, values.Length - (2 * least) + 1);
        var highest = places.Max(place => sums[place]);
        var rounding = Rounding * sums.Max(Math.Abs);
        var best = places.Where(place => sums[place] >= highest - rounding).MaxBy(place => Math.Abs(values[place] - values[place - 1]));
        return (best, highest);
    }
}
