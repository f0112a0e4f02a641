namespace ContainerSandbox.Engine.Trends;

/// <summary>
/// Neighbours in time resemble each other, so that many points say less than as many independent ones: the factor by which that makes the variance of
/// Kendall's sum larger, after Hamed and Rao (1998). Of the correlations only those up to the first that may be chance count, as Geyer (1992) ends such sums:
/// what comes after that is noise, and less than zero more often than not. Where each point resembles just the one before, the sum is known, and measuring it
/// comes to less than it is; so it is never less than that (Yue and Wang, 2004).
/// </summary>
internal static class SerialCorrelation
{
    private const double Quantile95 = 1.959964;

    // Of few points resemblance cannot be measured well; without a bound they would never say anything.
    private const double LeastIndependent = 8;

    /// <param name="residuals">What a trend leaves.</param>
    /// <returns>1 or more: what would make a test bolder than with independent points is not believed.</returns>
    public static double Factor(double[] residuals)
    {
        var ranks = Robust.Ranks(residuals);
        double count = ranks.Length;
        var mean = (count + 1) / 2;
        var variance = ranks.Sum(rank => (rank - mean) * (rank - mean));
        if (variance == 0 || count < 10)
            return 1;

        var (sum, first) = (0.0, 0.0);
        for (var lag = 1; lag <= ranks.Length / 4; lag++)
        {
            var covariance = 0.0;
            for (var index = lag; index < ranks.Length; index++)
                covariance += (ranks[index] - mean) * (ranks[index - lag] - mean);
            var correlation = covariance / variance;
            if (correlation <= Quantile95 / Math.Sqrt(count))
                break;
            first = lag == 1 ? correlation : first;
            sum += (count - lag) * (count - lag - 1) * (count - lag - 2) * correlation;
        }

        var factor = Math.Max(FactorOf(first, count), 1 + (2 * sum / (count * (count - 1) * (count - 2))));
        return Math.Clamp(factor, 1, Math.Max(1, count / LeastIndependent));
    }

    // Taking level and slope out takes resemblance out as well: on average so much.
    private static double FactorOf(double correlation, double count)
    {
        if (correlation <= 0)
            return 1;
        var corrected = Math.Min(0.99, ((count * correlation) + 2) / (count - 4));
        return (1 + corrected) / (1 - corrected);
    }
}
