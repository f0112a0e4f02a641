using System.Collections.Concurrent;
using ContainerSandbox.Engine.Hosting;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Cleanup;

/// <summary>
/// The containers of a sandbox that should be gone and are not, or cannot be shown to be. Each is tried again by itself, ever more seldom,
/// until the engine proves it gone or the sandbox ends.
/// </summary>
internal sealed class Quarantine(ContainerEnd end, BackgroundWork background, TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, QuarantinedContainer> _held = new();
    private TaskCompletionSource _now = NewMoment();

    /// <summary>What is still to go.</summary>
    public IReadOnlyList<QuarantinedContainer> Held => [.. _held.Values];

    /// <summary>A container whose removal could not be proved. The engine gets a moment before it is asked again.</summary>
    public void Keep(string containerId, string name, string reason) => Add(new QuarantinedContainer(containerId, name, reason), FirstPause);

    /// <summary>A container that nobody here wants and nobody removed so far.</summary>
    public void Remove(string containerId, string name, string reason) => Add(new QuarantinedContainer(containerId, name, reason), TimeSpan.Zero);

    /// <summary>Tries all now that wait for their next attempt.</summary>
    public void TryNow() => Interlocked.Exchange(ref _now, NewMoment()).TrySetResult();

    private static TaskCompletionSource NewMoment() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Add(QuarantinedContainer container, TimeSpan pause)
    {
        if (!_held.TryAdd(container.ContainerId, container))
            return;
        EngineLog.Quarantined(logger, container.Name, container.Reason);
        background.Start($"removing '{container.Name}'", token => RemoveAsync(container, pause, token));
    }

    private async Task RemoveAsync(QuarantinedContainer container, TimeSpan pause, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Volatile.Read(ref _now).Task.WaitAsync(pause, timeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            var proof = await end.KillAsync(container.ContainerId, container.Reason, cancellationToken).ConfigureAwait(false);
            if (proof.Verified)
            {
                _held.TryRemove(container.ContainerId, out _);
                EngineLog.QuarantineLeft(logger, container.Name);
                return;
            }

            _held[container.ContainerId] = container with { Reason = proof.Detail };
            pause = pause == TimeSpan.Zero ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}
