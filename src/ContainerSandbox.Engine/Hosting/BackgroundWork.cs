using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Hosting;

/// <summary>Owns the work that goes on after its caller has gone: observes its failures and waits for it at the end.</summary>
internal sealed class BackgroundWork : IAsyncDisposable
{
    private readonly ILogger _logger;
    private readonly Func<Func<Task>, Task> _run;
    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<Task> _running = [];

    /// <summary>Makes an owner of nothing yet.</summary>
    /// <param name="logger">Hears of failures.</param>
    /// <param name="run">Runs a piece of work, on the thread pool unless given.</param>
    public BackgroundWork(ILogger logger, Func<Func<Task>, Task>? run = null)
    {
        _logger = logger;
        _run = run ?? Task.Run;
        Stopping = _stopping.Token;
    }

    /// <summary>Cancelled when the owner ends. Work that comes even later, such as closing something, is still done and finds it so.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Starts a piece of work. Its failure is logged, no more: whoever needs the outcome keeps it elsewhere.</summary>
    public void Start(string what, Func<CancellationToken, Task> work)
    {
        // The caller's flow holds the listener of a cmdlet that will have ended.
        using (ExecutionContext.SuppressFlow())
        {
            lock (_running)
            {
                var task = _run(() => ObserveAsync(what, work));
                _running.Add(task);
                _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Cancels what runs and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await DrainAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    /// <summary>Waits until nothing runs.</summary>
    public async Task DrainAsync()
    {
        while (true)
        {
            Task[] running;
            lock (_running)
                running = [.. _running];
            if (running.Length == 0)
                return;
            await Task.WhenAll(running).ConfigureAwait(false);
            lock (_running)
                _running.ExceptWith(running);
        }
    }

    private async Task ObserveAsync(string what, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(Stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            EngineLog.BackgroundWorkFailed(_logger, what, exception);
        }
    }

    private void Forget(Task task)
    {
        lock (_running)
            _running.Remove(task);
    }
}
