namespace ContainerSandbox.Engine.Watching;

/// <summary>
/// When things happened by the time here, although the engine dates them by a clock of its own, which may differ, be set, or stand still
/// with a virtual machine. An event cannot be heard before it happens: of the last ones, that which travelled least tells how far
/// the clocks are apart.
/// </summary>
internal sealed class EngineClock(TimeProvider timeProvider)
{
    private const int MostKept = 32;

    // Longer, and clocks may have drifted apart.
    private static readonly TimeSpan Telling = TimeSpan.FromMinutes(10);

    // No event is so late: rather, somebody set the clock back.
    private static readonly TimeSpan Implausible = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private readonly Queue<(TimeSpan Heard, DateTimeOffset Zero)> _newest = new();
    private readonly long _start = timeProvider.GetTimestamp();

    /// <summary>The time here. It runs evenly and means nothing by itself.</summary>
    public TimeSpan Now => timeProvider.GetElapsedTime(_start);

    /// <summary>An event was heard.</summary>
    /// <param name="at">When it happened by the engine's clock.</param>
    /// <returns>When that was by <see cref="Now"/>: never before it really was, and later by no more than the fastest of the last events took.</returns>
    public TimeSpan Heard(DateTimeOffset at)
    {
        lock (_gate)
        {
            var now = Now;
            var zero = at - now;
            while (_newest.Count >= MostKept || (_newest.TryPeek(out var oldest) && now - oldest.Heard > Telling))
                _newest.Dequeue();
            if (_newest.Count > 0 && zero < Zero - Implausible)
                _newest.Clear();
            _newest.Enqueue((now, zero));
            return at - Zero;
        }
    }

    // What the engine's clock showed when the time here began, or a little less.
    private DateTimeOffset Zero => _newest.Max(each => each.Zero);
}
