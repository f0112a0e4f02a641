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
        var tracked = new TrackedTimer(this);
        var inner = base.CreateTimer(
            given =>
            {
                tracked.Fired();
                callback(given);
            },
            state,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        tracked.Begin(inner, dueTime, period);
        return tracked;
    }

    // Who waits is seen only once time that passes would wake it, or a test lets time pass for a timer that is not set yet.
    private sealed class TrackedTimer(TestClock clock) : ITimer
    {
        private ITimer? _inner;
        private int _fired;

        public TimeSpan Due { get; private set; }

        public void Begin(ITimer inner, TimeSpan dueTime, TimeSpan period)
        {
            _inner = inner;
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var fired = Forget(0);
            var changed = _inner!.Change(dueTime, period);
            lock (clock._gate)
            {
                Due = dueTime;
                if (changed && dueTime != Timeout.InfiniteTimeSpan && fired == _fired)
                    clock._timers.Add(this);
            }

            return changed;
        }

        public void Fired() => Forget(1);

        public void Dispose()
        {
            Forget(1);
            _inner!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private int Forget(int times)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                return _fired += times;
            }
        }
    }
}
