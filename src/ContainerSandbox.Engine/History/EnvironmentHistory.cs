using static ContainerSandbox.Engine.History.FixedPoint;

namespace ContainerSandbox.Engine.History;

/// <summary>What one environment used, at every resolution. Its holder sees to one caller at a time.</summary>
internal sealed class EnvironmentHistory(string agentId, string sandboxId, string environmentId, HistoryBudget budget, GapReasons reasons)
{
    private const string NoReason = "no reason was given";

    private readonly ChunkedRing<RawEntry> _raw = new(Tiers.RawSamples, budget);
    private readonly HistoryTier[] _tiers =
        [.. Tiers.Stretches.Select(resolution => new HistoryTier(resolution, Tiers.Least(resolution), budget))];

    public string AgentId => agentId;

    public string SandboxId => sandboxId;

    public string EnvironmentId => environmentId;

    /// <summary>Bytes of its rings, which the budget counts.</summary>
    public long Bytes => _raw.Bytes + _tiers.Sum(tier => tier.Bytes);

    /// <summary>Whether the environment was this agent's.</summary>
    public bool IsOf(string agent) => agentId.Equals(agent, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the environment was this agent's and is one that is asked for.</summary>
    public bool IsMeant(string agent, HistoryRequest request) => IsOf(agent) && (request.EnvironmentId ?? environmentId) == environmentId;

    public void Add(ResourceSample sample, HistoryMoment now)
    {
        var isEmpty = sample is
        {
            MemoryUsage: null, CpuPercent: null, ProcessCount: null, ThrottledTime: null, DiskReadBytes: null, DiskWriteBytes: null,
            NetworkReceivedBytes: null, NetworkSentBytes: null, GapReason: "",
        };
        var entry = new RawEntry
        {
            At = now.At,
            Wall = sample.TimestampUnixMs,
            Latest = LatestFigures.Of(sample),
            Memory = OfCount(sample.MemoryUsage),
            Cpu = OfPercent(sample.CpuPercent),
            Processes = OfCount(sample.ProcessCount),
            Reason = reasons.NumberOf(isEmpty ? NoReason : sample.GapReason),
        };
        _raw.Add(entry);
        foreach (var tier in _tiers)
            tier.Add(entry, now.Offset);
    }

    /// <summary>The finest resolution that still has the whole part, or all the newest points of it that are wanted.</summary>
    public HistoryResolution Finest(HistoryCut cut, int? newest)
    {
        if (!_raw.HasDropped || cut.IsWholeFrom(_raw[0].At, _raw[0].Wall) || newest <= RawFrom(cut))
            return HistoryResolution.Raw;
        foreach (var tier in _tiers)
        {
            if (!tier.HasDropped || cut.IsWholeFrom(Begin(tier, 0), tier[0].Wall) || newest <= StretchesFrom(tier, cut))
                return tier.Resolution;
        }

        return _tiers[^1].Resolution;
    }

    /// <summary>The newest points of the part, by age, the oldest first.</summary>
    public List<HistoryReading> Read(HistoryResolution resolution, HistoryCut cut, int newest)
    {
        var readings = new List<HistoryReading>();
        var points = new HistoryPoints(this, reasons);
        if (resolution == HistoryResolution.Raw)
        {
            for (var index = _raw.Count - Math.Min(newest, RawFrom(cut)); index < _raw.Count; index++)
                readings.Add(points.Of(_raw[index]));
            return readings;
        }

        var tier = Array.Find(_tiers, tier => tier.Resolution == resolution)!;
        for (var index = tier.Count - Math.Min(newest, StretchesFrom(tier, cut)); index < tier.Count; index++)
            readings.Add(points.Of(tier[index], tier.Length));
        return readings;
    }

    private static long Begin(HistoryTier tier, int index) => tier[index].Number * tier.Length.Ticks;

    // Counted from the end: where the clock was set back, an earlier point may show a time of the part, and is none of it.
    private static int StretchesFrom(HistoryTier tier, HistoryCut cut)
    {
        var count = 0;
        while (count < tier.Count && tier[tier.Count - count - 1] is var entry && cut.Includes(entry.Number * tier.Length.Ticks, entry.Wall, tier.Length))
            count++;
        return count;
    }

    private int RawFrom(HistoryCut cut)
    {
        var count = 0;
        while (count < _raw.Count && _raw[_raw.Count - count - 1] is var entry && cut.Includes(entry.At, entry.Wall, TimeSpan.Zero))
            count++;
        return count;
    }
}
