using System.Diagnostics.CodeAnalysis;

namespace ContainerSandbox.Engine.Sessions;

/// <summary>
/// The session that is kept free to look at and to end what others run, since at the process limit none could be opened for that.
/// It answers one after another.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore that nobody asks for its wait handle holds nothing.")]
internal sealed class SpareSession(SessionRoster roster, Func<ShellSession?> takeIdle)
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private ShellSession? _session;

    /// <summary>Makes a session the spare.</summary>
    public void Set(ShellSession session) => _session = session;

    /// <summary>Has it evaluate something. In place of one that ended an idle worker serves, or else a new one.</summary>
    public async Task<(int Status, string Output)> AskAsync(string text, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var session = await RenewAsync(takeIdle, cancellationToken).ConfigureAwait(false);
            return await session.AskAsync(text, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Opens one unless there is one that lives.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await RenewAsync(static () => null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Gives it away; null while it is in use or where there is none that lives.</summary>
    public async Task<ShellSession?> TryTakeAsync()
    {
        if (!await _one.WaitAsync(0, CancellationToken.None).ConfigureAwait(false))
            return null;
        try
        {
            if (_session is not { IsAlive: true } taken)
                return null;
            _session = null;
            return taken;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<ShellSession> RenewAsync(Func<ShellSession?> other, CancellationToken cancellationToken)
    {
        if (_session is { IsAlive: true } session)
            return session;
        await roster.CloseAsync(_session).ConfigureAwait(false);
        _session = null;
        return _session = other() ?? await roster.OpenAsync(cancellationToken).ConfigureAwait(false);
    }
}
