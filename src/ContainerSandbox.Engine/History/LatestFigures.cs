using static ContainerSandbox.Engine.History.FixedPoint;

namespace ContainerSandbox.Engine.History;

/// <summary>The figures of which a stretch of time shows the newest: a limit, and counters that only grow.</summary>
internal struct LatestFigures
{
    public long MemoryLimit;
    public long ThrottledTicks;
    public long DiskRead;
    public long DiskWritten;
    public long NetworkReceived;
    public long NetworkSent;

    public static LatestFigures Nothing => new()
    {
        MemoryLimit = None, ThrottledTicks = None, DiskRead = None, DiskWritten = None, NetworkReceived = None, NetworkSent = None,
    };

    public static LatestFigures Of(ResourceSample sample) => new()
    {
        MemoryLimit = OfCount(sample.MemoryLimit),
        ThrottledTicks = OfTime(sample.ThrottledTime),
        DiskRead = OfCount(sample.DiskReadBytes),
        DiskWritten = OfCount(sample.DiskWriteBytes),
        NetworkReceived = OfCount(sample.NetworkReceivedBytes),
        NetworkSent = OfCount(sample.NetworkSentBytes),
    };

    /// <summary>Takes what is newer, and keeps what that does not tell.</summary>
    public void Take(in LatestFigures newer)
    {
        Take(ref MemoryLimit, newer.MemoryLimit);
        Take(ref ThrottledTicks, newer.ThrottledTicks);
        Take(ref DiskRead, newer.DiskRead);
        Take(ref DiskWritten, newer.DiskWritten);
        Take(ref NetworkReceived, newer.NetworkReceived);
        Take(ref NetworkSent, newer.NetworkSent);
    }

    private static void Take(ref long kept, long newer)
    {
        if (newer >= 0)
            kept = newer;
    }
}
