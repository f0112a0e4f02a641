namespace ContainerSandbox.Engine.Hosting;

/// <summary>Limits of time that people give.</summary>
internal static class TimeLimit
{
    // Timers count milliseconds in 32 bits. What is longer than weeks is as good as none.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    /// <summary>A cancellation that comes when the time is over; never when there is no limit.</summary>
    public static CancellationTokenSource Start(TimeSpan? limit, TimeProvider timeProvider) =>
        new(limit is { } time && time <= Longest ? time : Timeout.InfiniteTimeSpan, timeProvider);

    /// <summary>Lets the time of a limit begin that was started without one.</summary>
    public static void Begin(CancellationTokenSource cancellation, TimeSpan limit)
    {
        if (limit <= Longest)
            cancellation.CancelAfter(limit);
    }
}
