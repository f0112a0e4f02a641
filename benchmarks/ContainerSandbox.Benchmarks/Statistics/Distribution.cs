namespace ContainerSandbox.Benchmarks.Statistics;

/// <summary>Samples of one measure.</summary>
internal sealed class Distribution
{
    private readonly double[] sorted;

    public Distribution(IEnumerable<double> samples)
    {
        sorted = [.. samples.Order()];
        if (sorted.Length == 0) throw new ArgumentException("A distribution needs a sample.", nameof(samples));
    }

    public int Count => sorted.Length;

    public double P50 => Percentile(50);

    public double P95 => Percentile(95);

    public double P99 => Percentile(99);

    public double Maximum => sorted[^1];

    /// <summary>
    /// The nearest rank: the smallest sample that at least <paramref name="percent"/> percent of all samples do not exceed,
    /// which is number ceil(percent / 100 * count) in ascending order. It is always a sample that was measured.
    /// </summary>
    public double Percentile(int percent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        // In whole numbers: 0.95 * 20 is a little more than 19 in floating point.
        return sorted[((percent * sorted.Length) + 99) / 100 - 1];
    }
}
