namespace ContainerSandbox.Async;

/// <summary>Asynchronous work whose outcome the pipeline thread collects. An outcome that nobody collects is not missed.</summary>
/// <typeparam name="T">What the work gives.</typeparam>
internal sealed class PendingWork<T>
{
    private readonly object _gate = new();
    private volatile bool _isDone;
    private Action<T>? _release;

    private PendingWork()
    {
    }

    public bool IsDone => _isDone;

    /// <summary>What the work threw; null when it succeeded. Only when it is done.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>What the work gave. Only when it is done and did not fail.</summary>
    public T? Result { get; private set; }

    /// <summary>Starts work on this thread; it goes on wherever its first wait lets it.</summary>
    /// <param name="work">The work.</param>
    /// <param name="completed">Called at its end, from any thread.</param>
    /// <param name="cancellationToken">Handed to the work.</param>
    public static PendingWork<T> Start(Func<CancellationToken, Task<T>> work, Action completed, CancellationToken cancellationToken)
    {
        var pending = new PendingWork<T>();
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            _ = pending.RunAsync(work, completed, cancellationToken);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }

        return pending;
    }

    /// <summary>Nobody will collect it: what it gave, or will give, is released, from any thread.</summary>
    public void Abandon(Action<T> release)
    {
        lock (_gate)
        {
            _release = release;
            Release();
        }
    }

    private async Task RunAsync(Func<CancellationToken, Task<T>> work, Action completed, CancellationToken cancellationToken)
    {
        try
        {
            Result = await work(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Failure = exception;
        }

        lock (_gate)
        {
            _isDone = true;
            Release();
        }

        completed();
    }

    // Under the gate.
    private void Release()
    {
        if (_isDone && Failure is null)
            _release?.Invoke(Result!);
    }
}
