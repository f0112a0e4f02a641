namespace ContainerSandbox.Engine.Environments;

/// <summary>
/// Gives a container another name a while after its claim, and never while it is being removed: an engine that renames what it is
/// removing may keep a part of it for ever, or list it for ever.
/// </summary>
internal sealed class ContainerNaming(TimeProvider timeProvider)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _underWay = Task.CompletedTask;

    /// <summary>Waits, then gives the name, unless that is over by then. False when it is.</summary>
    public async Task<bool> GiveAsync(TimeSpan after, Func<Task> rename, CancellationToken cancellationToken)
    {
        await Task.WhenAny(_over.Task, Task.Delay(after, timeProvider, cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_over.Task.IsCompleted)
                return false;
            _underWay = done.Task;
        }

        try
        {
            await rename().ConfigureAwait(false);
            return true;
        }
        finally
        {
            done.TrySetResult();
        }
    }

    /// <summary>From here on no name is given. Waits for one that is being given, though not for an engine that does not answer.</summary>
    public async Task EndAsync()
    {
        Task underWay;
        lock (_gate)
        {
            _over.TrySetResult();
            underWay = _underWay;
        }

        if (!underWay.IsCompleted)
            await Task.WhenAny(underWay, Task.Delay(LongestWait, timeProvider)).ConfigureAwait(false);
    }
}
