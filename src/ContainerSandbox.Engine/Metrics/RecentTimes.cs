namespace ContainerSandbox.Engine.Metrics;

/// <summary>The last of many times, as many as are kept. What is computed of them is exact, and costs the same for ever.</summary>
/// <param name="kept">How many are kept.</param>
internal sealed class RecentTimes(int kept)
{
    private readonly List<TimeSpan> _times = [];
    private int _next;

    /// <summary>Adds one; the oldest gives way.</summary>
    public void Add(TimeSpan time)
    {
        if (_times.Count < kept)
        {
            _times.Add(time);
            return;
        }

        _times[_next] = time;
        _next = (_next + 1) % kept;
    }

    /// <summary>The time that a share of them does not exceed, by nearest rank, for each of several shares; null when there are none.</summary>
    /// <param name="shares">Shares, more than 0 and up to 1.</param>
    public TimeSpan?[] Percentiles(params ReadOnlySpan<double> shares)
    {
        TimeSpan[] sorted = [.. _times.Order()];
        var found = new TimeSpan?[shares.Length];
        for (var index = 0; index < shares.Length; index++)
            found[index] = sorted.Length == 0 ? null : sorted[Math.Max((int)Math.Ceiling(shares[index] * sorted.Length), 1) - 1];
        return found;
    }
}
