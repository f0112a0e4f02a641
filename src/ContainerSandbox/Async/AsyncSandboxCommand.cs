using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using ContainerSandbox.Errors;

namespace ContainerSandbox.Async;

/// <summary>
/// A cmdlet whose work is asynchronous. The work starts on the pipeline thread, which then waits, writes what the engine says, and collects
/// the outcome. Ctrl+C and a stopped downstream pipeline cancel the work.
/// </summary>
public abstract class AsyncSandboxCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PipelinePump _pump;
    private int _uncollected;

    private protected AsyncSandboxCommand() => _pump = new PipelinePump(this, Observer, _stop.Token);

    private protected CommandObserver Observer { get; } = new();

    /// <summary>How long each piece of its work may take; null for as long as it likes.</summary>
    private protected virtual TimeSpan? Limit => WorkLimit.Default;

    /// <summary>Cancels the work and returns at once.</summary>
    protected override void StopProcessing() => Cancel();

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Cancels work that is left over when the pipeline ends early.</summary>
    /// <param name="disposing">False from a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        Observer.Close();
        if (_uncollected > 0)
            Cancel();
    }

    /// <summary>Starts work that is to be collected later.</summary>
    internal PendingWork<T> Start<T>(Func<CancellationToken, Task<T>> work)
    {
        _uncollected++;
        var (command, limit) = (MyInvocation.MyCommand.Name, Limit);
        return PendingWork<T>.Start(
            token => WorkLimit.RunAsync(work, command, limit, TimeProvider.System, token), _pump.Signal, _stop.Token);
    }

    internal void WaitUntil(Func<bool> isDone) => _pump.WaitUntil(isDone);

    /// <summary>
    /// Takes the outcome of work that is done. A failure becomes an error of this pipeline item, after which the pipeline goes on.
    /// </summary>
    internal bool TryCollect<T>(PendingWork<T> work, object? target, [MaybeNullWhen(false)] out T result)
    {
        Settle(work);
        if (work.Failure is null)
        {
            result = work.Result!;
            return true;
        }

        WriteError(SandboxErrors.From(work.Failure, target));
        result = default;
        return false;
    }

    internal void ThrowIfStopping()
    {
        if (_stop.IsCancellationRequested)
            throw new PipelineStoppedException();
    }

    internal void CompleteProgress()
    {
        if (!_stop.IsCancellationRequested)
            Observer.CompleteProgress(this);
    }

    /// <summary>Waits for work. A failure becomes an error of this pipeline item, after which the pipeline goes on.</summary>
    private protected bool TryAwait<T>(Func<CancellationToken, Task<T>> work, object? target, [MaybeNullWhen(false)] out T result)
    {
        var pending = Await(work);
        return TryCollect(pending, target, out result);
    }

    /// <summary>Waits for work without which nothing can proceed.</summary>
    private protected T AwaitOrThrow<T>(Func<CancellationToken, Task<T>> work, object? target)
    {
        var pending = Await(work);
        Settle(pending);
        if (pending.Failure is not null)
            ThrowTerminatingError(SandboxErrors.From(pending.Failure, target));
        return pending.Result!;
    }

    private PendingWork<T> Await<T>(Func<CancellationToken, Task<T>> work)
    {
        var pending = Start(work);
        try
        {
            WaitUntil(() => pending.IsDone);
        }
        finally
        {
            CompleteProgress();
        }

        return pending;
    }

    private void Settle<T>(PendingWork<T> work)
    {
        _uncollected--;
        if (_stop.IsCancellationRequested && work.Failure is OperationCanceledException)
            throw new PipelineStoppedException();
    }

    // On another thread, so that whoever stops the pipeline does not wait for what the work does about it. The source itself is not
    // disposed: it holds no timer and no handle, and work that goes on may still ask its token.
    private void Cancel() => _ = _stop.CancelAsync();
}
