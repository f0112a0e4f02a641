using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Sessions;

/// <summary>Opens the sessions of one user in a container and knows those that are open, so that none is forgotten.</summary>
internal sealed class SessionRoster(
    ISandboxBackend backend, string containerId, long userId, SlotIdentity identity, string workingDirectory, TimeProvider timeProvider) : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly List<ShellSession> _open = [];
    private bool _disposed;

    /// <summary>Those that are open.</summary>
    public IReadOnlyList<ShellSession> Open
    {
        get
        {
            lock (_gate)
                return [.. _open];
        }
    }

    /// <summary>True when one of those that are open said something at this timestamp or later.</summary>
    public bool HeardSince(long timestamp) => Open.Any(session => session.HeardAt >= timestamp);

    /// <summary>Opens one with a group of its own.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.AgentEnvironmentLost"/>: the sessions were closed meanwhile.</exception>
    public async Task<ShellSession> OpenAsync(CancellationToken cancellationToken)
    {
        var session = await ShellSession.OpenAsync(
            backend, containerId, userId, identity.NextSessionGroup(), workingDirectory, timeProvider, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (!_disposed)
            {
                _open.Add(session);
                return session;
            }
        }

        await session.DisposeAsync().ConfigureAwait(false);
        throw new SandboxException(
            SandboxErrorId.AgentEnvironmentLost, SandboxErrorCategory.ResourceUnavailable, "The environment was removed meanwhile.");
    }

    /// <summary>Closes one that is not to be used again.</summary>
    public async ValueTask CloseAsync(ShellSession? session)
    {
        if (session is null)
            return;
        lock (_gate)
            _open.Remove(session);
        await session.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Closes all, and those that are being opened.</summary>
    public async ValueTask DisposeAsync()
    {
        ShellSession[] all;
        lock (_gate)
        {
            _disposed = true;
            all = [.. _open];
            _open.Clear();
        }

        foreach (var session in all)
            await session.DisposeAsync().ConfigureAwait(false);
    }
}
