namespace ContainerSandbox.Engine.Trends;

/// <summary>Whether values go up more often than down: Mann (1945), Kendall (1975).</summary>
internal static class Kendall
{
    /// <summary>Pairs that go up less pairs that go down, and the variance of that where there is no trend. Equal values are allowed for.</summary>
    public static (double Sum, double Variance) Test(double[] values)
    {
        var ranks = Robust.Ranks(values);
        var sum = 0;
        for (var later = 1; later < ranks.Length; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
                sum += ranks[later].CompareTo(ranks[earlier]);
        }

        return (sum, (Term(ranks.Length) - ranks.GroupBy(rank => rank).Sum(equal => Term(equal.Count()))) / 18);
    }

    /// <summary>How many standard deviations the sum is away from none.</summary>
    public static double Score(double sum, double variance) => variance <= 0 || sum == 0 ? 0 : (sum - Math.Sign(sum)) / Math.Sqrt(variance);

    private static double Term(double count) => count * (count - 1) * ((2 * count) + 5);
}
