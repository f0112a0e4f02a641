namespace ContainerSandbox.Engine.History;

/// <summary>
/// Puts what happens in an order that setting the clock does not change, and says what the clock shows. As long as nobody sets it, stretches
/// begin at round times of day. Not for several threads at once.
/// </summary>
internal sealed class HistoryClock(TimeProvider timeProvider)
{
    // The two clocks never agree to the tick, so that round times would be off by a little each time; what is set is set by more than this.
    private const long Tolerance = TimeSpan.TicksPerSecond;

    private readonly long _start = timeProvider.GetTimestamp();
    private readonly long _origin = Wall(timeProvider);
    private long _offset;

    public HistoryMoment Now()
    {
        var at = _origin + timeProvider.GetElapsedTime(_start).Ticks;
        var offset = Wall(timeProvider) - at;
        if (Math.Abs(offset - _offset) > Tolerance)
            _offset = offset;
        return new HistoryMoment(at, _offset);
    }

    private static long Wall(TimeProvider timeProvider) => timeProvider.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
}
