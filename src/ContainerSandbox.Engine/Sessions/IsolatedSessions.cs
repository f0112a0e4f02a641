using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Sessions;

/// <summary>
/// The sessions of one container under its second user, opened at first use: one that becomes the command, and before it a killer,
/// which sees to it that nothing of that user remains when the next command begins. One command at a time.
/// </summary>
internal sealed class IsolatedSessions(
    ISandboxBackend backend, string containerId, SlotIdentity identity, string path, BackgroundWork background, TimeProvider timeProvider) : IAsyncDisposable
{
    private static readonly TimeSpan PreparationDeadline = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly SessionRoster _roster = new(backend, containerId, identity.IsolatedUserId, identity, "/", timeProvider);
    private ShellSession? _killer;
    private ShellSession? _next;
    private string _home = "";

    /// <summary>The variables that this user's commands see, over those of the claim; the agent can write none of these places.</summary>
    public IReadOnlyDictionary<string, string> Variables =>
        new Dictionary<string, string> { ["HOME"] = _home, ["TMPDIR"] = _home, ["PATH"] = path };

    /// <summary>A session that nothing of an earlier command can reach. Holds the next one up until it is given back.</summary>
    public async Task<ShellSession> TakeAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_next is not { IsAlive: true })
                await PrepareAsync(cancellationToken).ConfigureAwait(false);
            var taken = _next!;
            _next = null;
            return taken;
        }
        catch
        {
            _one.Release();
            throw;
        }
    }

    /// <summary>Gives the turn to the next command, once everything of the last is gone.</summary>
    public void Return(ShellSession session) => background.Start("preparing the next isolated command", async cancellationToken =>
    {
        try
        {
            await _roster.CloseAsync(session).ConfigureAwait(false);
            await PrepareAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    });

    /// <summary>True when anything came from the container at this timestamp or later.</summary>
    public bool HeardSince(long timestamp) => _roster.HeardSince(timestamp);

    /// <summary>Asks the command's processes to end.</summary>
    public Task TerminateAsync(ShellSession session, CancellationToken cancellationToken) =>
        _killer!.AskAsync($"kill -TERM -{session.ProcessId} 2>/dev/null", cancellationToken);

    /// <summary>Ends everything of this user but the killer.</summary>
    public async Task<bool> KillAsync(CancellationToken cancellationToken)
    {
        var (status, _) = await _killer!.AskAsync($"__cs_clear {identity.IsolatedUserId}", cancellationToken).ConfigureAwait(false);
        return status == 0;
    }

    public ValueTask DisposeAsync() => _roster.DisposeAsync();

    // Whatever hangs here would hold up every isolated command that follows.
    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(PreparationDeadline, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await PrepareWithinAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw NotClean("its sessions do not answer");
        }
    }

    private async Task PrepareWithinAsync(CancellationToken cancellationToken)
    {
        await _roster.CloseAsync(_next).ConfigureAwait(false);
        _next = null;
        if (_killer is not { IsAlive: true })
        {
            await _roster.CloseAsync(_killer).ConfigureAwait(false);
            _killer = await _roster.OpenAsync(cancellationToken).ConfigureAwait(false);
        }

        if (!await KillAsync(cancellationToken).ConfigureAwait(false))
            throw NotClean("processes of the last isolated command are still there");

        // Below a directory that root owns and that is sticky: the agent can neither replace it nor guess its name.
        var last = _home;
        _home = $"{SlotPaths.SharedMemory}/isolated-{ShellSession.NewMark()}";
        var renew = $"{(last.Length == 0 ? "" : $"rm -rf {last} && ")}(umask 077 && mkdir {_home})";
        var (status, said) = await _killer.AskAsync(renew, cancellationToken).ConfigureAwait(false);
        if (status != 0)
            throw NotClean($"its own directory could not be made: {said.Trim()}");
        _next = await _roster.OpenAsync(cancellationToken).ConfigureAwait(false);
    }

    private static SandboxException NotClean(string why) => new(
        SandboxErrorId.IsolationNotClean,
        SandboxErrorCategory.InvalidOperation,
        $"An isolated command cannot be run in this environment: {why}. Claim a new environment for it.");
}
