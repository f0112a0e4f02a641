using ContainerSandbox.Engine.History;

namespace ContainerSandbox.Engine.Optimization;

/// <summary>Makes evidence of an environment's history.</summary>
internal static class UseReader
{
    private const double Usual = 0.95;

    // Between points that are farther apart nobody took samples.
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(2);

    /// <summary>What a history says; null when it has no figures.</summary>
    /// <param name="readings">The points, oldest first.</param>
    public static UseEvidence? Of(IReadOnlyList<HistoryReading> readings)
    {
        HistoryReading[] known = [.. readings.Where(reading => reading.Point is { MemoryMaximum: not null, CpuMaximum: not null })];
        if (known.Length == 0)
            return null;
        var observed = TimeSpan.Zero;
        var throttled = TimeSpan.Zero;
        for (var index = 1; index < known.Length; index++)
        {
            var (before, now) = (known[index - 1], known[index]);
            if (now.At - before.At > LongestStep)
                continue;
            observed += now.At - before.At;
            if (now.Point.ThrottledTime - before.Point.ThrottledTime is { } more && more > TimeSpan.Zero)
                throttled += more;
        }

        return new UseEvidence(
            observed,
            known.Sum(reading => reading.Point.Samples - reading.Point.Gaps),
            Percentile(known, point => point.MemoryMaximum!.Value),
            known.Max(reading => reading.Point.MemoryMaximum!.Value),
            Percentile(known, point => point.CpuMean ?? point.CpuMaximum!.Value),
            known.Max(reading => reading.Point.CpuMaximum!.Value),
            observed > TimeSpan.Zero ? throttled / observed : 0);
    }

    // Nearest rank.
    private static T Percentile<T>(HistoryReading[] readings, Func<ResourceHistoryPoint, T> figure)
    {
        T[] sorted = [.. readings.Select(reading => figure(reading.Point)).Order()];
        return sorted[(int)Math.Ceiling(Usual * sorted.Length) - 1];
    }
}
