using System.Net.Sockets;

namespace ContainerSandbox.Docker.Connecting.Ssh;

/// <summary>
/// The way to an engine on another machine: one ssh process, which carries all connections. When it ends all of them break, and the next
/// one starts it anew.
/// </summary>
internal sealed class SshTunnel(EngineEndpoint endpoint, EngineEnvironment environment, TimeProvider timeProvider) : IAsyncDisposable
{
    /// <summary>How long ssh may take to get through.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    // A host that refuses logins may shut out who tries too often.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly SshTarget _target = new(endpoint);
    private readonly CancellationTokenSource _lifetime = new();
    private readonly object _gate = new();
    private Task<SshForwarding>? _current;
    private long _failedAt;
    private bool _disposed;

    /// <summary>Gets through to the other machine.</summary>
    public Task OpenAsync(CancellationToken cancellationToken) => Current().WaitAsync(cancellationToken);

    /// <summary>Opens a connection to the engine, as a <see cref="ConnectSocket"/>.</summary>
    public async Task<Socket> ConnectAsync(EngineEndpoint _, CancellationToken cancellationToken)
    {
        var forwarding = await Current().WaitAsync(cancellationToken).ConfigureAwait(false);
        return await EngineSocket.ConnectAsync(forwarding.LocalEnd, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        Task<SshForwarding>? last;
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            last = _current;
        }

        await _lifetime.CancelAsync().ConfigureAwait(false);
        await CloseAsync(last).ConfigureAwait(false);
        _lifetime.Dispose();
    }

    private static async Task CloseAsync(Task<SshForwarding>? forwarding)
    {
        if (forwarding is null)
            return;
        await ((Task)forwarding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (forwarding.IsCompletedSuccessfully)
            await (await forwarding.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
    }

    private Task<SshForwarding> Current()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var previous = _current;
            return previous is not null && IsOfUse(previous) ? previous : _current = Task.Run(() => StartAsync(previous));
        }
    }

    private bool IsOfUse(Task<SshForwarding> current) =>
        !current.IsCompleted
        || (current.IsCompletedSuccessfully ? current.Result.IsAlive : timeProvider.GetElapsedTime(Volatile.Read(ref _failedAt)) < Pause);

    private async Task<SshForwarding> StartAsync(Task<SshForwarding>? previous)
    {
        await CloseAsync(previous).ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(Deadline, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _lifetime.Token);
        try
        {
            return await SshForwarding.StartAsync(_target, environment, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_lifetime.IsCancellationRequested)
        {
            Volatile.Write(ref _failedAt, timeProvider.GetTimestamp());
            throw SshFailure.TooLate(Deadline);
        }
        catch
        {
            Volatile.Write(ref _failedAt, timeProvider.GetTimestamp());
            throw;
        }
    }
}
