namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>The claims under way. A sandbox that is removed ends them and waits for them, so that none leaves a container behind.</summary>
internal sealed class OpenClaims(string sandboxName) : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open;
    private bool _closed;

    /// <summary>Runs a claim that ends with the sandbox.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.SandboxRemoved"/>: the sandbox was removed, before or meanwhile.</exception>
    public async Task<AgentEnvironment> RunAsync(Func<CancellationToken, Task<AgentEnvironment>> claim, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_closed)
                throw Removed(sandboxName);
            _open++;
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, cancellationToken);
            var environment = await claim(either.Token).ConfigureAwait(false);
            return _closing.IsCancellationRequested ? throw Removed(sandboxName) : environment;
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Removed(sandboxName);
        }
        finally
        {
            lock (_gate)
            {
                if (--_open == 0 && _closed)
                    _allEnded.TrySetResult();
            }
        }
    }

    /// <summary>Takes no more claims, ends those under way and waits for them.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
            if (_open == 0)
                _allEnded.TrySetResult();
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await _allEnded.Task.ConfigureAwait(false);
        _closing.Dispose();
    }

    /// <summary>What whoever uses a removed sandbox gets.</summary>
    public static SandboxException Removed(string sandboxName) => new(
        SandboxErrorId.SandboxRemoved,
        SandboxErrorCategory.InvalidOperation,
        $"The sandbox '{sandboxName}' was removed. Run Initialize-Sandbox for a new one.",
        sandboxName);
}
