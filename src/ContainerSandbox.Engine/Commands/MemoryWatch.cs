using ContainerSandbox.Engine.Watching;

namespace ContainerSandbox.Engine.Commands;

/// <summary>Knows when the kernel last ended a process of one container because its memory was used up, by the engine's word.</summary>
internal sealed class MemoryWatch(EngineClock clock, TimeProvider timeProvider)
{
    private static readonly TimeSpan EventDelay = TimeSpan.FromMilliseconds(250);

    private readonly object _gate = new();
    private TaskCompletionSource _next = NewMoment();
    private TimeSpan? _last;

    /// <summary>The time that it is measured by.</summary>
    public TimeSpan Now => clock.Now;

    /// <summary>It happened once more.</summary>
    /// <param name="when">When, by <see cref="Now"/>; the word of it may come later, and out of order.</param>
    public void Add(TimeSpan when)
    {
        TaskCompletionSource next;
        lock (_gate)
        {
            _last = _last > when ? _last : when;
            (next, _next) = (_next, NewMoment());
        }

        next.SetResult();
    }

    /// <summary>
    /// True when it happened at this time or later. The event travels apart from the command's end: after an end by KILL it is
    /// waited for a moment.
    /// </summary>
    public async Task<bool> HappenedSinceAsync(TimeSpan since, bool endedByKill, CancellationToken cancellationToken)
    {
        var happened = HappenedSince(since, out var next);
        if (happened || !endedByKill)
            return happened;
        for (var patience = Task.Delay(EventDelay, timeProvider, cancellationToken); !happened && !patience.IsCompleted;)
        {
            await Task.WhenAny(next, patience).ConfigureAwait(false);
            happened = HappenedSince(since, out next);
        }

        return happened;
    }

    private bool HappenedSince(TimeSpan since, out Task next)
    {
        lock (_gate)
        {
            next = _next.Task;
            return _last >= since;
        }
    }

    private static TaskCompletionSource NewMoment() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
