namespace ContainerSandbox.Engine.Trends;

/// <summary>Measures that a few wild values do not move.</summary>
internal static class Robust
{
    // What makes the median deviation of normally distributed values their standard deviation.
    private const double NormalConsistency = 1.4826;
    private const double Rounding = 1e-9;

    public static double Median(IEnumerable<double> values) => MedianOfSorted(Sorted(values));

    public static double MedianOfSorted(double[] sorted) =>
        sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;

    /// <summary>From the tenth part of the values to the ninth.</summary>
    public static double Spread(IEnumerable<double> values)
    {
        var sorted = Sorted(values);
        var tenth = (sorted.Length - 1) / 10;
        return sorted[^(tenth + 1)] - sorted[tenth];
    }

    /// <summary>Standard deviation by the median of what values are away from their median.</summary>
    public static double Deviation(double[] values)
    {
        var median = Median(values);
        return NormalConsistency * Median(values.Select(value => Math.Abs(value - median)));
    }

    /// <summary>Ranks from 1; values that are equal but for rounding share theirs: two points of which a slope came lie on one line exactly.</summary>
    public static double[] Ranks(double[] values)
    {
        if (values.Length == 0)
            return [];
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort((double[])values.Clone(), order);
        var rounding = Rounding * (values[order[^1]] - values[order[0]]);
        var ranks = new double[values.Length];
        for (var first = 0; first < order.Length;)
        {
            var last = first;
            while (last + 1 < order.Length && values[order[last + 1]] - values[order[last]] <= rounding)
                last++;
            for (var index = first; index <= last; index++)
                ranks[order[index]] = ((first + last) / 2.0) + 1;
            first = last + 1;
        }

        return ranks;
    }

    private static double[] Sorted(IEnumerable<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted;
    }
}
