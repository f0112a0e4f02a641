namespace ContainerSandbox.Engine.Trends;

/// <summary>Values over time.</summary>
/// <param name="Hours">When, ever later.</param>
/// <param name="Values">What.</param>
internal sealed record Series(double[] Hours, double[] Values)
{
    /// <summary>Comparing all pairs is what bounds the work.</summary>
    public const int MaximumPoints = 200;

    public int Count => Values.Length;

    /// <summary>How many neighbours become one when it is thinned.</summary>
    public int Step => (Count + MaximumPoints - 1) / MaximumPoints;

    /// <summary>The same in few enough points: the means of neighbours, as many each.</summary>
    public Series Thin() => Step <= 1 ? this : new Series(Means(Hours, Step), Means(Values, Step));

    /// <summary>What is left of the values without a slope.</summary>
    public double[] Without(double slope) => [.. Values.Select((value, index) => value - (slope * Hours[index]))];

    private static double[] Means(double[] numbers, int size) => [.. numbers.Chunk(size).Select(part => part.Average())];
}
