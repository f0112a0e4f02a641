using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Ownership;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Watching;

/// <summary>
/// Follows the engine's event feed for the containers of one sandbox. The feed may lose events: each time it is opened again the
/// containers are listed, so that what happened meanwhile is known.
/// </summary>
internal sealed class ContainerWatch(
    ISandboxBackend backend, SandboxIdentity sandbox, Action<BackendEvent> handle, Func<IReadOnlyCollection<string>> known, TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly HashSet<BackendEvent> _newest = [];
    private DateTimeOffset? _at;

    /// <summary>Follows until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Before the first event: what happens until the feed is open, and between a listing and its opening, is asked for too.
        var start = timeProvider.GetUtcNow();
        var pause = FirstPause;
        while (true)
        {
            try
            {
                await foreach (var happened in backend.WatchAsync(sandbox.Selector, _at ?? start, cancellationToken).ConfigureAwait(false))
                {
                    pause = FirstPause;
                    if (IsNew(happened))
                        handle(happened);
                }
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                EngineLog.FeedEnded(logger, exception.Message);
            }

            await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            await ReconcileAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // A feed that is opened again begins with what it told last. Counted twice, memory that was used up would be the next command's.
    private bool IsNew(BackendEvent happened)
    {
        if (happened.At < _at)
            return true;
        if (happened.At > _at || _at is null)
            _newest.Clear();
        _at = happened.At;
        return _newest.Add(happened);
    }

    private async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        try
        {
            var before = known();
            var running = (await backend.ListContainersAsync(sandbox.Selector, cancellationToken).ConfigureAwait(false))
                .Where(container => container.State is BackendContainerState.Running or BackendContainerState.Paused)
                .Select(container => container.Id)
                .ToHashSet();
            foreach (var gone in before.Where(id => !running.Contains(id)))
                handle(new BackendEvent(BackendEventKind.Destroyed, gone, timeProvider.GetUtcNow()));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            EngineLog.FeedEnded(logger, exception.Message);
        }
    }
}
