namespace ContainerSandbox.Engine.Commands;

/// <summary>Counts how often the kernel ended a process of one container because its memory was used up, by the engine's word.</summary>
internal sealed class MemoryWatch(TimeProvider timeProvider)
{
    private static readonly TimeSpan EventDelay = TimeSpan.FromMilliseconds(250);

    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    /// <summary>How often it happened so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>It happened once more.</summary>
    public void Add()
    {
        Interlocked.Increment(ref _count);
        Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <summary>
    /// True when it happened since a count was taken. The event travels apart from the command's end: after an end by KILL it is
    /// waited for a moment.
    /// </summary>
    public async Task<bool> HappenedSinceAsync(int count, bool endedByKill, CancellationToken cancellationToken)
    {
        var next = Volatile.Read(ref _next).Task;
        if (Count == count && endedByKill)
        {
            await Task.WhenAny(next, Task.Delay(EventDelay, timeProvider, cancellationToken)).ConfigureAwait(false);
        }

        return Count != count;
    }
}
