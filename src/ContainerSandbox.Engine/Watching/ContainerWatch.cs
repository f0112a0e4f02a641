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

    /// <summary>Follows until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? last = null;
        var pause = FirstPause;
        while (true)
        {
            try
            {
                await foreach (var happened in backend.WatchAsync(sandbox.Selector, last, cancellationToken).ConfigureAwait(false))
                {
                    last = happened.At;
                    pause = FirstPause;
                    handle(happened);
                }
            }
            catch (SandboxException exception)
            {
                EngineLog.FeedEnded(logger, exception.Message);
            }

            await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            await ReconcileAsync(cancellationToken).ConfigureAwait(false);
        }
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
        catch (SandboxException exception)
        {
            EngineLog.FeedEnded(logger, exception.Message);
        }
    }
}
