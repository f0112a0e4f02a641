using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Sessions;

/// <summary>
/// The sessions of one container under the agent's user, opened ahead of need: workers that take one command after another, and a
/// spare that ends what others run.
/// </summary>
internal sealed class SessionSet : IAsyncDisposable
{
    private readonly SlotIdentity _identity;
    private readonly BackgroundWork _background;
    private readonly TimeProvider _timeProvider;
    private readonly SessionRoster _roster;
    private readonly IdleWorkers _idle;
    private readonly SpareSession _spare;
    private readonly ParkedSessions _parked;
    private readonly object _gate = new();
    private string _arm = "";

    public SessionSet(ISandboxBackend backend, string containerId, SlotIdentity identity, BackgroundWork background, TimeProvider timeProvider)
    {
        _identity = identity;
        _background = background;
        _timeProvider = timeProvider;
        _roster = new SessionRoster(backend, containerId, identity.UserId, identity, SlotPaths.Workspace, timeProvider);
        _idle = new IdleWorkers(Retire);
        _spare = new SpareSession(_roster, _idle.TryTake);
        _parked = new ParkedSessions(_roster, _spare, timeProvider);
    }

    /// <summary>Ends when the first session is open and ready for the agent; fails when that failed.</summary>
    public Task Opening { get; private set; } = Task.CompletedTask;

    /// <summary>Opens the first worker and the spare.</summary>
    /// <param name="prepare">What the worker does before it is the agent's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task OpenAsync(Func<ShellSession, CancellationToken, Task> prepare, CancellationToken cancellationToken)
    {
        var opened = await Task.WhenAll(_roster.OpenAsync(cancellationToken), _roster.OpenAsync(cancellationToken)).ConfigureAwait(false);
        _spare.Set(opened[1]);
        await prepare(opened[0], cancellationToken).ConfigureAwait(false);
        _idle.TryAdd(opened[0]);
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
                var first = await _roster.OpenAsync(either.Token).ConfigureAwait(false);
                await prepare(first, either.Token).ConfigureAwait(false);
                _idle.TryAdd(first);
                opened.SetResult();
            }
            catch (Exception exception)
            {
                opened.SetException(exception as SandboxException ?? NotOpened(exception));
                throw;
            }

            await _spare.EnsureAsync(cancellationToken).ConfigureAwait(false);
        });
    }

    /// <summary>Gives all sessions, those of the future too, the claim's variables; each takes them before its next command.</summary>
    public void Arm(string text)
    {
        lock (_gate)
        {
            _arm = text;
            foreach (var session in _roster.Open)
                session.IsArmed = false;
        }
    }

    /// <summary>Arms all sessions and lets a worker take the variables now, which shows that it answers.</summary>
    public async Task ArmNowAsync(string text, CancellationToken cancellationToken)
    {
        Arm(text);
        var worker = await _idle.TakeAsync(cancellationToken).ConfigureAwait(false) ?? await _roster.OpenAsync(cancellationToken).ConfigureAwait(false);
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
        lock (_gate)
        {
            if (session.IsArmed)
                return "";
            session.IsArmed = true;
            return _arm;
        }
    }

    /// <summary>A worker that holds the claim's variables, for one command; goes back by <see cref="ReturnAsync"/>.</summary>
    public async Task<ShellSession> TakeWorkerAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var worker = await _idle.TakeAsync(cancellationToken).ConfigureAwait(false);
            var isNew = worker is null;
            worker ??= await _roster.OpenAsync(cancellationToken).ConfigureAwait(false);
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

    /// <summary>Forks ahead in a worker that waits.</summary>
    public Task ForkAheadAsync(CancellationToken cancellationToken) => _idle.ForkAheadAsync(cancellationToken);

    /// <summary>A session that may become a command. The spare serves only when a worker is left that can end it.</summary>
    public async Task<ShellSession> TakeOneShotAsync(CancellationToken cancellationToken)
    {
        var taken = _idle.Any ? await _spare.TryTakeAsync().ConfigureAwait(false) : null;
        if (taken is null)
            taken = await _roster.OpenAsync(cancellationToken).ConfigureAwait(false);
        else
            _background.Start("opening a spare session", _spare.EnsureAsync);
        taken.IsCommand = true;
        return taken;
    }

    /// <summary>Takes a worker back, or leaves it with the processes of its command and opens another; null when it is used up.</summary>
    public async ValueTask ReturnAsync(ShellSession session, int? processesLeft)
    {
        if (processesLeft == 0 && session.IsAlive && _idle.TryAdd(session))
            return;
        if (processesLeft > 0)
            _parked.Add(session);
        else
            await DiscardAsync(session).ConfigureAwait(false);
        _background.Start("opening a session in place of another", ReplaceAsync);
    }

    /// <summary>Closes a session that is not to be used again.</summary>
    public ValueTask DiscardAsync(ShellSession session) => _roster.CloseAsync(session);

    /// <summary>Has the spare evaluate something.</summary>
    public async Task<(int Status, string Output)> AskSpareAsync(string text, CancellationToken cancellationToken)
    {
        await Opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await _spare.AskAsync(text, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>True when anything came from the container at this timestamp or later.</summary>
    public bool HeardSince(long timestamp) => _roster.HeardSince(timestamp);

    /// <summary>Sends TERM to everything of the agent but the sessions that wait for requests; false when there is nothing.</summary>
    public Task<bool> TerminateAllAsync(CancellationToken cancellationToken) => FindAllAsync("kill -TERM $__cs_f 2>/dev/null", cancellationToken);

    /// <summary>True when there is something of the agent but the sessions that wait for requests.</summary>
    public Task<bool> HasProcessesAsync(CancellationToken cancellationToken) => FindAllAsync(":", cancellationToken);

    public ValueTask DisposeAsync()
    {
        _idle.Close();
        return _roster.DisposeAsync();
    }

    // What ends while it is signalled does not mean that nothing was there.
    private async Task<bool> FindAllAsync(string then, CancellationToken cancellationToken)
    {
        var sessions = string.Join(' ', _roster.Open.Where(session => !session.IsCommand).Select(session => session.ProcessId));
        var (found, _) = await AskSpareAsync(
            $"__cs_find Uid {_identity.UserId} '{sessions}' '{string.Join(' ', _idle.Groups)}'; [ -n \"$__cs_f\" ] && {{ {then}; :; }}",
            cancellationToken).ConfigureAwait(false);
        return found == 0;
    }

    private void Retire(ShellSession session) =>
        _background.Start("closing a session that ended", async _ => await DiscardAsync(session).ConfigureAwait(false));

    private async Task ReplaceAsync(CancellationToken cancellationToken)
    {
        await _parked.CloseFinishedAsync(cancellationToken).ConfigureAwait(false);
        if (_idle.Any)
            return;
        var session = await _roster.OpenAsync(cancellationToken).ConfigureAwait(false);
        if (!_idle.TryAdd(session))
            await DiscardAsync(session).ConfigureAwait(false);
    }

    private static SandboxException NotOpened(Exception cause) => new(
        SandboxErrorId.SessionFailed, SandboxErrorCategory.ResourceUnavailable, "No command session could be opened in the container in time.", innerException: cause);
}
