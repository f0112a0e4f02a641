using Microsoft.Extensions.Time.Testing;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>Time that passes only when told to, and that knows who waits for it.</summary>
internal sealed class TestClock : FakeTimeProvider
{
    private readonly object _gate = new();
    private readonly List<TrackedTimer> _timers = [];
    private long _jumped;

    /// <summary>How many wait for a span of exactly this length.</summary>
    public int Waiting(TimeSpan due)
    {
        lock (_gate)
            return _timers.Count(timer => timer.Due == due);
    }

    /// <summary>The spans that somebody waits for.</summary>
    public IReadOnlyList<TimeSpan> Spans()
    {
        lock (_gate)
            return [.. _timers.Select(timer => timer.Due)];
    }

    /// <summary>Returns when so many wait for a span of this length.</summary>
    public Task UntilWaitingAsync(TimeSpan due, int count = 1) =>
        Eventually.TrueAsync(() => Waiting(due) >= count, $"{count} waiting for {due}, not for {string.Join(", ", Spans())}");

    /// <summary>Lets somebody begin to wait for a span, and passes it.</summary>
    public async Task PassAsync(TimeSpan due)
    {
        await UntilWaitingAsync(due);
        Advance(due);
    }

    /// <summary>Somebody sets the clock. Time passes as before, so nobody who waits wakes up.</summary>
    public void Jump(TimeSpan by) => Interlocked.Add(ref _jumped, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _jumped));

    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var tracked = new TrackedTimer(this, dueTime);
        if (dueTime != Timeout.InfiniteTimeSpan)
            Add(tracked);
        tracked.Inner = base.CreateTimer(
            given =>
            {
                Remove(tracked);
                callback(given);
            },
            state,
            dueTime,
            period);
        return tracked;
    }

    private void Add(TrackedTimer timer)
    {
        lock (_gate)
            _timers.Add(timer);
    }

    private void Remove(TrackedTimer timer)
    {
        lock (_gate)
            _timers.Remove(timer);
    }

    private sealed class TrackedTimer(TestClock clock, TimeSpan due) : ITimer
    {
        public ITimer? Inner { get; set; }

        public TimeSpan Due { get; private set; } = due;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Remove(this);
            Due = dueTime;
            if (dueTime != Timeout.InfiniteTimeSpan)
                clock.Add(this);
            return Inner!.Change(dueTime, period);
        }

        public void Dispose()
        {
            clock.Remove(this);
            Inner?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
