using ContainerSandbox.Engine.Hosting;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Watching;

/// <summary>
/// Follows one of the engine's event feeds. It may lose events, and its connection more: so what it tells of is listed before it is opened
/// again, soon after it is open, and slowly ever after.
/// </summary>
/// <param name="watch">Opens the feed from a moment on.</param>
/// <param name="when">When something happened, by the engine's clock.</param>
/// <param name="handle">Takes what happened.</param>
/// <param name="sweep">Lists.</param>
/// <param name="engineIsBack">Called when the engine answers after the feed had ended.</param>
/// <param name="timeProvider">Time.</param>
/// <param name="logger">Hears of feeds that end and listings that fail.</param>
internal sealed class EngineFeed<T>(
    Func<DateTimeOffset, CancellationToken, IAsyncEnumerable<T>> watch, Func<T, DateTimeOffset> when, Action<T> handle,
    Func<CancellationToken, Task> sweep, Action engineIsBack, TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    // The feed does not say when it is open. It is by then, or ends in an error.
    private static readonly TimeSpan OpeningTakes = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly HashSet<T> _newest = [];
    private DateTimeOffset? _at;

    /// <summary>Follows until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Before the first event: what happens until the feed is open, and between a listing and its opening, is asked for too.
        var start = timeProvider.GetUtcNow();
        var pause = FirstPause;
        while (true)
        {
            using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var sweeping = SweepWhileOpenAsync(closing.Token);
            try
            {
                await foreach (var happened in watch(_at ?? start, cancellationToken).ConfigureAwait(false))
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

            await closing.CancelAsync().ConfigureAwait(false);
            await sweeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            if (await SweepAsync(cancellationToken).ConfigureAwait(false))
                engineIsBack();
        }
    }

    // A feed that is opened again begins with what it told last. Counted twice, memory that was used up would be the next command's.
    private bool IsNew(T happened)
    {
        var at = when(happened);
        if (at < _at)
            return true;
        if (at > _at || _at is null)
            _newest.Clear();
        _at = at;
        return _newest.Add(happened);
    }

    private async Task SweepWhileOpenAsync(CancellationToken cancellationToken)
    {
        for (var pause = OpeningTakes; ; pause = SweepInterval)
        {
            await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
            await SweepAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // True when the engine answered.
    private async Task<bool> SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await sweep(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            EngineLog.SweepFailed(logger, exception.Message);
            return false;
        }
    }
}
