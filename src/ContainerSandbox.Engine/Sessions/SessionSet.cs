using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Sessions;

/// <summary>
/// The sessions of one container under the agent's user, opened ahead of need: workers that take one command after another, and a
/// spare that is kept free to end what others run, since at the process limit none could be opened for that.
/// </summary>
internal sealed class SessionSet : IAsyncDisposable
{
    private const int MostIdle = 4;
    private static readonly TimeSpan LookDeadline = TimeSpan.FromSeconds(10);

    private readonly ISandboxBackend _backend;
    private readonly string _containerId;
    private readonly SlotIdentity _identity;
    private readonly BackgroundWork _background;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _sparing = new(1, 1);
    private readonly object _gate = new();
    private readonly Stack<ShellSession> _idle = new();
    private readonly List<ShellSession> _all = [];
    private readonly List<ShellSession> _parked = [];
    private ShellSession? _spare;
    private string _arm = "";
    private Task _forking = Task.CompletedTask;
    private bool _disposed;

    public SessionSet(ISandboxBackend backend, string containerId, SlotIdentity identity, BackgroundWork background, TimeProvider timeProvider)
    {
        _backend = backend;
        _containerId = containerId;
        _identity = identity;
        _background = background;
        _timeProvider = timeProvider;
    }

    /// <summary>Ends when the first session is open and ready for the agent; fails when that failed.</summary>
    public Task Opening { get; private set; } = Task.CompletedTask;

    /// <summary>Opens the first worker and the spare.</summary>
    /// <param name="prepare">What the worker does before it is the agent's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task OpenAsync(Func<ShellSession, CancellationToken, Task> prepare, CancellationToken cancellationToken)
    {
        var opened = await Task.WhenAll(OpenOneAsync(cancellationToken), OpenOneAsync(cancellationToken)).ConfigureAwait(false);
        _spare = opened[1];
        await prepare(opened[0], cancellationToken).ConfigureAwait(false);
        Push(opened[0]);
    }

    /// <summary>Opens them in the background: whoever needs a session before it is there waits for <see cref="Opening"/>.</summary>
    /// <param name="prepare">What the worker does before it is the agent's.</param>
    /// <param name="limit">How long it may take.</param>
    public void OpenLater(Func<ShellSession, CancellationToken, Task> prepare, TimeSpan limit)
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Opening = opened.Task;
        _background.Start("opening the sessions of a container", async cancellationToken =>
        {
            using var deadline = TimeLimit.Start(limit, _timeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            try
            {
                var first = await OpenOneAsync(either.Token).ConfigureAwait(false);
                await prepare(first, either.Token).ConfigureAwait(false);
                Push(first);
                opened.SetResult();
            }
            catch (Exception exception)
            {
                opened.SetException(exception as SandboxException ?? NotOpened(exception));
                throw;
            }

            await SpareAsync(cancellationToken).ConfigureAwait(false);
        });
    }

    /// <summary>Gives all sessions, those of the future too, the claim's variables; each takes them with its next request.</summary>
    public void Arm(string text)
    {
        lock (_gate)
        {
            _arm = text;
            _all.ForEach(session => session.IsArmed = false);
        }
    }

    /// <summary>Arms all sessions and lets a worker take the variables now, which shows that it answers.</summary>
    public async Task ArmNowAsync(string text, CancellationToken cancellationToken)
    {
        Arm(text);
        var worker = await TakeWorkerAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await worker.AskAsync(ArmFor(worker), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await ReturnAsync(worker, 0).ConfigureAwait(false);
        }
    }

    /// <summary>What a request to this session must begin with.</summary>
    public string ArmFor(ShellSession session)
    {
        if (session.IsArmed)
            return "";
        session.IsArmed = true;
        return _arm;
    }

    /// <summary>A session for one command that leaves it usable; goes back by <see cref="ReturnAsync"/>.</summary>
    public async Task<ShellSession> TakeWorkerAsync(CancellationToken cancellationToken) =>
        await TakeIdleAsync(cancellationToken).ConfigureAwait(false) ?? await OpenOneAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>A worker that holds the claim's variables; goes back by <see cref="ReturnAsync"/>.</summary>
    public async Task<ShellSession> TakeArmedWorkerAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var worker = await TakeIdleAsync(cancellationToken).ConfigureAwait(false);
            var isNew = worker is null;
            worker ??= await OpenOneAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (ArmFor(worker) is { Length: > 0 } arm)
                    await worker.AskAsync(arm, cancellationToken).ConfigureAwait(false);
                return worker;
            }
            catch (Exception exception)
            {
                // The agent may have ended it while it waited: then another does.
                await ReturnAsync(worker, null).ConfigureAwait(false);
                if (isNew || exception is not SandboxException)
                    throw;
            }
        }
    }

    /// <summary>Forks ahead in a worker that waits. A command that comes meanwhile waits for that rather than open another.</summary>
    public async Task ForkAheadAsync(CancellationToken cancellationToken)
    {
        ShellSession? worker;
        var forked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if ((worker = TakeIdle()) is null)
                return;
            _forking = forked.Task;
        }

        try
        {
            await worker.ForkAheadAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Push(worker);
            forked.SetResult();
        }
    }

    /// <summary>A session that may become a command. The spare serves only when a worker is left that can end it.</summary>
    public async Task<ShellSession> TakeOneShotAsync(CancellationToken cancellationToken)
    {
        ShellSession? taken = null;
        if (await _sparing.WaitAsync(0, CancellationToken.None).ConfigureAwait(false))
        {
            lock (_gate)
            {
                if (_spare is { IsAlive: true } && _idle.Any(session => session.IsAlive))
                    (taken, _spare) = (_spare, null);
            }

            _sparing.Release();
        }

        if (taken is null)
            taken = await OpenOneAsync(cancellationToken).ConfigureAwait(false);
        else
            _background.Start("opening a spare session", SpareAsync);
        taken.IsCommand = true;
        return taken;
    }

    /// <summary>Takes a worker back, or leaves it with the processes of its command and opens another; null when it is used up.</summary>
    public async ValueTask ReturnAsync(ShellSession session, int? processesLeft)
    {
        if (processesLeft == 0 && session.IsAlive)
        {
            lock (_gate)
            {
                if (!_disposed && _idle.Count < MostIdle)
                {
                    _idle.Push(session);
                    return;
                }
            }
        }

        if (processesLeft > 0)
            Park(session);
        else
            await DiscardAsync(session).ConfigureAwait(false);
        _background.Start("opening a session in place of another", ReplaceAsync);
    }

    /// <summary>Closes a session that is not to be used again.</summary>
    public async ValueTask DiscardAsync(ShellSession session)
    {
        lock (_gate)
            _all.Remove(session);
        await session.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Has the spare evaluate something.</summary>
    public async Task<(int Status, string Output)> AskSpareAsync(string text, CancellationToken cancellationToken)
    {
        await Opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        await _sparing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_spare is not { IsAlive: true })
            {
                Retire(_spare);
                _spare = TakeIdle() ?? await OpenOneAsync(cancellationToken).ConfigureAwait(false);
            }

            return await _spare.AskAsync(text, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sparing.Release();
        }
    }

    /// <summary>Sends TERM to everything of the agent but the sessions that wait for requests; false when there is nothing.</summary>
    public Task<bool> TerminateAllAsync(CancellationToken cancellationToken) => FindAllAsync("kill -TERM $__cs_f 2>/dev/null", cancellationToken);

    /// <summary>True when there is something of the agent but the sessions that wait for requests.</summary>
    public Task<bool> HasProcessesAsync(CancellationToken cancellationToken) => FindAllAsync(":", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        ShellSession[] all;
        lock (_gate)
        {
            _disposed = true;
            all = [.. _all];
            _all.Clear();
            _idle.Clear();
        }

        foreach (var session in all)
            await session.DisposeAsync().ConfigureAwait(false);
    }

    // What ends while it is signalled does not mean that nothing was there.
    private async Task<bool> FindAllAsync(string then, CancellationToken cancellationToken)
    {
        string sessions;
        string idle;
        lock (_gate)
        {
            sessions = string.Join(' ', _all.Where(session => !session.IsCommand).Select(session => session.ProcessId));
            idle = string.Join(' ', _idle.Select(session => session.GroupId));
        }

        var (found, _) = await AskSpareAsync(
            $"__cs_find Uid {_identity.UserId} '{sessions}' '{idle}'; [ -n \"$__cs_f\" ] && {{ {then}; :; }}", cancellationToken).ConfigureAwait(false);
        return found == 0;
    }

    private void Park(ShellSession session)
    {
        lock (_gate)
            _parked.Add(session);
    }

    // A session whose command left processes stays open as long as one of them lives, for their output has to go somewhere.
    private async Task CloseFinishedAsync(CancellationToken cancellationToken)
    {
        ShellSession[] parked;
        lock (_gate)
            parked = [.. _parked];
        foreach (var session in parked)
        {
            // A spare that does not answer must not be held without end: it is what ends commands and tells of health.
            using var deadline = new CancellationTokenSource(LookDeadline, _timeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            var (left, _) = await AskSpareAsync(
                $"__cs_find Gid {session.GroupId} {session.ProcessId}; [ -n \"$__cs_f\" ]", either.Token).ConfigureAwait(false);
            if (left == 0)
                continue;
            lock (_gate)
                _parked.Remove(session);
            await DiscardAsync(session).ConfigureAwait(false);
        }
    }

    private async Task<ShellSession?> TakeIdleAsync(CancellationToken cancellationToken)
    {
        if (TakeIdle() is { } idle)
            return idle;
        await _forking.WaitAsync(cancellationToken).ConfigureAwait(false);
        return TakeIdle();
    }

    private ShellSession? TakeIdle()
    {
        lock (_gate)
        {
            while (_idle.TryPop(out var session))
            {
                if (session.IsAlive)
                    return session;
                Retire(session);
            }
        }

        return null;
    }

    // An agent may end its sessions as often as it likes: nothing of them must stay open here.
    private void Retire(ShellSession? session)
    {
        if (session is not null)
            _background.Start("closing a session that ended", async _ => await DiscardAsync(session).ConfigureAwait(false));
    }

    private async Task<ShellSession> OpenOneAsync(CancellationToken cancellationToken)
    {
        var session = await ShellSession.OpenAsync(
            _backend, _containerId, _identity.UserId, _identity.NextSessionGroup(), SlotPaths.Workspace, _timeProvider, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (!_disposed)
            {
                _all.Add(session);
                return session;
            }
        }

        await session.DisposeAsync().ConfigureAwait(false);
        throw new SandboxException(
            SandboxErrorId.AgentEnvironmentLost, SandboxErrorCategory.ResourceUnavailable, "The environment was removed meanwhile.");
    }

    private async Task SpareAsync(CancellationToken cancellationToken)
    {
        await _sparing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_spare is not { IsAlive: true })
            {
                Retire(_spare);
                _spare = await OpenOneAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _sparing.Release();
        }
    }

    private async Task ReplaceAsync(CancellationToken cancellationToken)
    {
        await CloseFinishedAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (_disposed || _idle.Any(session => session.IsAlive))
                return;
        }

        Push(await OpenOneAsync(cancellationToken).ConfigureAwait(false));
    }

    private static SandboxException NotOpened(Exception cause) => new(
        SandboxErrorId.SessionFailed, SandboxErrorCategory.ResourceUnavailable, "No command session could be opened in the container in time.", innerException: cause);

    private void Push(ShellSession session)
    {
        lock (_gate)
            _idle.Push(session);
    }
}
