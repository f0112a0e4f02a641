using ContainerSandbox.Engine.Watching;

namespace ContainerSandbox.Engine.Commands;

/// <summary>Knows when the kernel last ended a process of one container because its memory was used up, by the engine's word.</summary>
internal sealed class MemoryWatch(EngineClock clock, TimeProvider timeProvider)
{
    private static readonly TimeSpan EventDelay = TimeSpan.FromMilliseconds(250);

    private const int MostRemembered = 100;

    // What starts again and again is ended again and again: as long as that goes on it is the same trouble.
    private static readonly TimeSpan EpisodeEnds = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private TaskCompletionSource _next = NewMoment();
    private TimeSpan? _last;
    private TimeSpan? _before;
    private readonly Queue<TimeSpan> _newest = new();
    private long _count;

    /// <summary>The time that it is measured by.</summary>
    public TimeSpan Now => clock.Now;

    /// <summary>How often it happened.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>True when nothing of the kind had happened for a while before it happened last.</summary>
    public bool IsNewEpisode
    {
        get
        {
            lock (_gate)
                return _last is { } last && (_before is not { } before || last - before > EpisodeEnds);
        }
    }

    /// <summary>How often it happened within this time up to now; of very many only the newest count.</summary>
    public int CountWithin(TimeSpan time)
    {
        lock (_gate)
            return _newest.Count(when => Now - when <= time);
    }

    /// <summary>It happened once more.</summary>
    /// <param name="when">When, by <see cref="Now"/>; the word of it may come later, and out of order.</param>
    public void Add(TimeSpan when)
    {
        TaskCompletionSource next;
        lock (_gate)
        {
            _count++;
            if (_newest.Count == MostRemembered)
                _newest.Dequeue();
            _newest.Enqueue(when);
            _before = _last;
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
