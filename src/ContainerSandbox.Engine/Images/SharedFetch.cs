using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Images;

/// <summary>One image on its way, for however many wait for it. It is given up when the last of them gives up.</summary>
#pragma warning disable CA1001 // The source holds no timer and no handle, and who still waits may ask its token.
internal sealed class SharedFetch(Func<CancellationToken, Task<BackendImage>> fetch)
#pragma warning restore CA1001
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _cancellation = new();
    private Task<BackendImage>? _running;
    private int _waiting;

    /// <summary>True when it ended, or everybody gave it up.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate)
                return _cancellation.IsCancellationRequested || _running is { IsCompleted: true };
        }
    }

    /// <summary>Waits for it, and begins it where nobody did; null when everybody gave it up before.</summary>
    public async Task<BackendImage?> WaitAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_cancellation.IsCancellationRequested)
                return null;
            _waiting++;
            _running ??= fetch(_cancellation.Token);
        }

        try
        {
            return await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_waiting > 0 || _running!.IsCompleted)
                return;
            _ = _cancellation.CancelAsync();
        }

        // Nobody is left who would hear how it ends.
        _ = _running.ContinueWith(ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }
}
