namespace ContainerSandbox.Engine.Monitoring.ControlGroups;

/// <summary>Adds up what <c>/proc/net/dev</c> counts of interfaces, the loopback one left out.</summary>
internal static class NetworkCounters
{
    private const int SentColumn = 8;

    /// <summary>Bytes received and sent over all of them.</summary>
    public static (long Received, long Sent) Sum(ReadOnlySpan<byte> text)
    {
        var (received, sent) = (0L, 0L);
        while (ControlGroupText.NextLine(ref text, out var line))
        {
            // The two lines of headings have bars and no colon.
            var colon = line.IndexOf((byte)':');
            if (colon < 0 || line[..colon].Trim((byte)' ').SequenceEqual("lo"u8))
                continue;
            var counters = line[(colon + 1)..];
            received += Column(counters, 0);
            sent += Column(counters, SentColumn);
        }

        return (received, sent);
    }

    private static long Column(ReadOnlySpan<byte> counters, int column)
    {
        for (counters = counters.TrimStart((byte)' '); column > 0; column--)
        {
            var end = counters.IndexOf((byte)' ');
            if (end < 0)
                return 0;
            counters = counters[end..].TrimStart((byte)' ');
        }

        return ControlGroupText.Number(counters) ?? 0;
    }
}
