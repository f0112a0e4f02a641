using System.Management.Automation;

namespace ContainerSandbox.Async;

/// <summary>
/// Lets the pipeline thread wait for asynchronous work and write meanwhile what the engine says. Only the end of work wakes it at once;
/// messages and progress wait for the next tick.
/// </summary>
internal sealed class PipelinePump(Cmdlet cmdlet, CommandObserver observer, CancellationToken stop)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StopPatience = TimeSpan.FromMilliseconds(700);

    private readonly object _gate = new();
    private bool _signalled;

    /// <summary>Wakes the pipeline thread. From any thread.</summary>
    public void Signal()
    {
        lock (_gate)
        {
            _signalled = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>
    /// Waits on the pipeline thread. After Ctrl+C the work has a moment to leave nothing half made; then the cmdlet ends and the work goes
    /// on without it.
    /// </summary>
    /// <param name="isDone">Becomes true by something that signals.</param>
    public void WaitUntil(Func<bool> isDone)
    {
        long? stoppedAt = null;
        while (!isDone())
        {
            if (stop.IsCancellationRequested)
            {
                stoppedAt ??= TimeProvider.System.GetTimestamp();
                if (TimeProvider.System.GetElapsedTime(stoppedAt.Value) > StopPatience)
                    throw new PipelineStoppedException();
            }

            lock (_gate)
            {
                if (!_signalled)
                    Monitor.Wait(_gate, Tick);
                _signalled = false;
            }

            Flush();
        }

        Flush();
    }

    // A cmdlet that is stopping may not write.
    private void Flush()
    {
        if (!stop.IsCancellationRequested)
            observer.Flush(cmdlet);
    }
}
