namespace ContainerSandbox.Engine.History;

/// <summary>How much is kept at which resolution.</summary>
internal static class Tiers
{
    /// <summary>Samples that are kept one by one: 10 minutes with one each second.</summary>
    public const int RawSamples = 600;

    /// <summary>What the objects around the entries take, with room to spare.</summary>
    public const int Overhead = 6 * 1024;

    /// <summary>The stretches by length, the shortest first.</summary>
    public static IReadOnlyList<HistoryResolution> Stretches { get; } =
        [HistoryResolution.TenSeconds, HistoryResolution.OneMinute, HistoryResolution.TenMinutes];

    /// <summary>The most bytes that one environment's history ever takes.</summary>
    public static long MaximumBytes { get; } = Overhead + ChunkedRing<RawEntry>.MaximumBytes(RawSamples)
        + Stretches.Sum(resolution => ChunkedRing<StretchEntry>.MaximumBytes(Least(resolution)));

    /// <summary>How long a stretch is; zero for single samples.</summary>
    public static TimeSpan Length(HistoryResolution resolution) => resolution switch
    {
        HistoryResolution.TenSeconds => TimeSpan.FromSeconds(10),
        HistoryResolution.OneMinute => TimeSpan.FromMinutes(1),
        HistoryResolution.TenMinutes => TimeSpan.FromMinutes(10),
        _ => TimeSpan.Zero,
    };

    /// <summary>How many stretches are kept at least.</summary>
    public static int Least(HistoryResolution resolution) => resolution switch
    {
        HistoryResolution.TenSeconds => 2 * 360,
        HistoryResolution.OneMinute => 24 * 60,
        HistoryResolution.TenMinutes => 7 * 24 * 6,
        _ => RawSamples,
    };
}
