using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>The end of a sandbox: everything that it made, in parallel, each thing with a receipt.</summary>
internal sealed class SandboxRemoval(SandboxParts parts, Action removed)
{
    private readonly object _gate = new();
    private Task<IReadOnlyList<CleanupReceipt>>? _running;

    /// <summary>Removing or Removed.</summary>
    public SandboxState State => _running is { IsCompleted: true } ? SandboxState.Removed : SandboxState.Removing;

    /// <summary>Removes everything, once.</summary>
    public Task<IReadOnlyList<CleanupReceipt>> RunAsync(TimeSpan gracePeriod, bool removeWorkspaces, ISandboxObserver observer)
    {
        lock (_gate)
            return _running ??= Task.Run(() => RemoveAsync(gracePeriod, removeWorkspaces, observer));
    }

    private async Task<IReadOnlyList<CleanupReceipt>> RemoveAsync(TimeSpan gracePeriod, bool removeWorkspaces, ISandboxObserver observer)
    {
        ObserverLogging.Attach(observer);
        var watched = parts.Monitor.EndAsync();
        Task<IReadOnlyList<CleanupReceipt>>[] slots = [.. parts.Pools.Close().Select(RemoveAsync)];
        await parts.OpenClaims.DisposeAsync().ConfigureAwait(false);
        await watched.ConfigureAwait(false);
        Task<IReadOnlyList<CleanupReceipt>>[] removals =
        [
            .. parts.Environments.All.Select(environment => EnvironmentRemoval.RunAsync(parts, environment, gracePeriod, removeWorkspaces)),
            .. slots,
        ];
        var done = 0;
        foreach (var removal in removals)
        {
            _ = removal.ContinueWith(
                _ => Report(observer, Interlocked.Increment(ref done), removals.Length),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        var all = await Task.WhenAll(removals).ConfigureAwait(false);
        CleanupReceipt[] receipts = [.. all.SelectMany(each => each)];

        // What was being started when the removal began is given up by whoever started it; what of it is still there goes now.
        await parts.Background.DisposeAsync().ConfigureAwait(false);
        var late = await parts.Removal.RemoveRestAsync(parts.Identity.Selector, receipts).ConfigureAwait(false);
        var networks = await parts.NetworkRemoval.RunAsync().ConfigureAwait(false);
        parts.End.Dispose();
        parts.Optimizer.Dispose();
        await (parts.Workspace?.CloseAsync() ?? Task.CompletedTask).ConfigureAwait(false);
        await parts.Backend.DisposeAsync().ConfigureAwait(false);
        removed();
        return [.. receipts, .. late, .. networks];
    }

    private async Task<IReadOnlyList<CleanupReceipt>> RemoveAsync(Slot slot) =>
        [await parts.Removal.RemoveAsync(slot, CancellationToken.None).ConfigureAwait(false)];

    private static void Report(ISandboxObserver observer, int done, int all) =>
        observer.Report(new SandboxProgress("Removing the sandbox", $"{done} of {all} containers", done * 100 / all));
}
