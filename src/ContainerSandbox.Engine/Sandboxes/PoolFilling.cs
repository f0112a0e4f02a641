using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Pools;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>Fills the pools of a sandbox for the first time, all at once.</summary>
internal sealed class PoolFilling(SandboxParts parts, ISandboxObserver observer, TimeProvider timeProvider, ILogger logger)
{
    private const string Activity = "Initializing the sandbox";

    /// <summary>
    /// Brings the images that are needed and fills all pools. One that cannot be filled is tried again in the background, with a warning;
    /// without the default one there is no sandbox.
    /// </summary>
    /// <exception cref="SandboxException">The default pool has no image, or cannot be filled.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await BringImagesAsync(cancellationToken).ConfigureAwait(false);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] own = [.. parts.Pools.Own.Select(pool => FillOwnAsync(pool, stopping.Token))];
        try
        {
            await FillAsync(parts.Pools.Default, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(own).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await Task.WhenAll(own).ConfigureAwait(false);
        await RehearseAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fills one pool within the time that this may take; its image does not count into that.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="activity">What this is part of, for whoever watches.</param>
    /// <param name="progress">How many containers are ready, and are to be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SandboxException">It has no image, or cannot be filled.</exception>
    public async Task FillAsync(
        SandboxPool pool, string activity, Func<(int Ready, int Target)> progress, CancellationToken cancellationToken)
    {
        if (pool.IsDisabled)
            return;
        await parts.Images.GetAsync(pool.Template.ImageReference, cancellationToken).ConfigureAwait(false);
        var limit = parts.Options.Optimization.StartupTimeout;
        using var timeout = TimeLimit.Start(limit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await pool.FillAsync(_ => Report(activity, progress()), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            EngineLog.FillingGoesOn(logger, pool.Template.Name, pool.Ready, pool.Target, limit.TotalSeconds);
        }
    }

    private async Task BringImagesAsync(CancellationToken cancellationToken)
    {
        observer.Report(new SandboxProgress(Activity, "looking for the images", 0));
        var optimization = parts.Options.Optimization;
        var required = parts.Pools.Default.Template.ImageReference;
        var ahead = optimization is { PreloadBaseImages: true, OptimizationEnabled: true } ? parts.Pools.Own : [];
        await parts.Images.PreloadAsync(ahead.Select(pool => pool.Template.ImageReference), required, cancellationToken).ConfigureAwait(false);
    }

    private async Task FillOwnAsync(SandboxPool pool, CancellationToken cancellationToken)
    {
        try
        {
            await FillAsync(pool, cancellationToken).ConfigureAwait(false);
        }
        catch (SandboxException exception)
        {
            EngineLog.TemplateNotReady(logger, pool.Template.Name, exception.Message);
            pool.Begin();
        }
    }

    private async Task RehearseAsync(CancellationToken cancellationToken)
    {
        if (parts.Pools.Default.IsDisabled)
            await parts.Rehearsal.TryTemplateAsync(parts.Pools.Default, cancellationToken).ConfigureAwait(false);
        foreach (var pool in parts.Pools.All)
            await parts.Rehearsal.TryPoolAsync(pool, cancellationToken).ConfigureAwait(false);
    }

    private Task FillAsync(SandboxPool pool, CancellationToken cancellationToken) =>
        FillAsync(pool, Activity, () => (parts.Pools.Ready, parts.Pools.Target), cancellationToken);

    private void Report(string activity, (int Ready, int Target) progress) => observer.Report(new SandboxProgress(
        activity,
        $"{progress.Ready} of {progress.Target} containers ready",
        progress.Target == 0 ? -1 : Math.Min(100, progress.Ready * 100 / progress.Target)));
}
