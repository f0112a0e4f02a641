namespace ContainerSandbox.Engine.Sessions;

/// <summary>The workers that wait for a command.</summary>
/// <param name="retire">Closes one that ended: an agent may end its sessions as often as it likes, and nothing of them must stay open.</param>
internal sealed class IdleWorkers(Action<ShellSession> retire)
{
    private const int Most = 4;

    private readonly object _gate = new();
    private readonly Stack<ShellSession> _idle = new();
    private Task _forking = Task.CompletedTask;
    private bool _closed;

    /// <summary>True when there is one that lives.</summary>
    public bool Any
    {
        get
        {
            lock (_gate)
                return _idle.Any(session => session.IsAlive);
        }
    }

    /// <summary>The groups of those that wait.</summary>
    public IReadOnlyList<long> Groups
    {
        get
        {
            lock (_gate)
                return [.. _idle.Select(session => session.GroupId)];
        }
    }

    /// <summary>Adds one; false when there are enough.</summary>
    public bool TryAdd(ShellSession session)
    {
        lock (_gate)
        {
            if (_closed || _idle.Count >= Most)
                return false;
            _idle.Push(session);
            return true;
        }
    }

    /// <summary>Takes one; null when none waits.</summary>
    public ShellSession? TryTake()
    {
        lock (_gate)
        {
            while (_idle.TryPop(out var session))
            {
                if (session.IsAlive)
                    return session;
                retire(session);
            }
        }

        return null;
    }

    /// <summary>Takes one, also one that is forking ahead just now: that is over sooner than another is opened.</summary>
    public async Task<ShellSession?> TakeAsync(CancellationToken cancellationToken)
    {
        if (TryTake() is { } idle)
            return idle;
        await _forking.WaitAsync(cancellationToken).ConfigureAwait(false);
        return TryTake();
    }

    /// <summary>Forks ahead in one of them.</summary>
    public async Task ForkAheadAsync(CancellationToken cancellationToken)
    {
        ShellSession? worker;
        var forked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if ((worker = TryTake()) is null)
                return;
            _forking = forked.Task;
        }

        try
        {
            await worker.ForkAheadAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!TryAdd(worker))
                retire(worker);
            forked.SetResult();
        }
    }

    /// <summary>Holds none and takes none from now on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _idle.Clear();
        }
    }
}
