using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Cleanup;

/// <summary>Proves containers gone, and kills those that do not go by themselves; not all at once, so that the engine can do its other work.</summary>
internal sealed class ContainerEnd(ISandboxBackend backend, ContainerAbsence absence, TimeProvider timeProvider) : IDisposable
{
    private const int KillsAtOnce = 16;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EventTakes = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaseTakes = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan KillTakes = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan AllKillsTake = TimeSpan.FromSeconds(21);

    private readonly SemaphoreSlim _turns = new(KillsAtOnce);

    /// <summary>Waits for a container whose lease was closed. The event tells when to ask; only the answer is proof.</summary>
    public async Task<bool> IsGoneAsync(string containerId, Task destroyed, CancellationToken cancellationToken)
    {
        var start = timeProvider.GetTimestamp();
        await Task.WhenAny(destroyed, Task.Delay(EventTakes, timeProvider, cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return await LookAsync(containerId, LeaseTakes - timeProvider.GetElapsedTime(start), cancellationToken).ConfigureAwait(false) is null;
    }

    /// <summary>Kills a container; more than once where that is needed, since an engine may break a removal off and keep the rest.</summary>
    /// <param name="containerId">The container.</param>
    /// <param name="why">Why it must be killed: the beginning of a sentence.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<EndProof> KillAsync(string containerId, string why, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AllKillsTake, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var success = "";
        var failure = "The engine did not answer.";
        try
        {
            while (true)
            {
                try
                {
                    // A listing may go on showing what is not there any more. That the engine does not know it counts for more.
                    if (!await RemoveAsync(containerId, either.Token).ConfigureAwait(false))
                        return new EndProof(true, success.Length > 0 ? success : "The engine went on listing it and does not know it.");
                    success = $"{why}; it was killed.";
                    failure = $"{why}; it was killed, and the engine still lists it.";
                }
                catch (SandboxException exception)
                {
                    failure = exception.Message;
                }

                if (await LookAsync(containerId, KillTakes, either.Token).ConfigureAwait(false) is not { } seen)
                    return new EndProof(true, success);
                failure = seen.Length > 0 ? seen : failure;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new EndProof(false, failure);
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task<bool> RemoveAsync(string containerId, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await backend.RemoveContainerAsync(containerId, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    // Null when it is gone; else why that could not be seen, empty when it was listed.
    private async Task<string?> LookAsync(string containerId, TimeSpan within, CancellationToken cancellationToken)
    {
        var start = timeProvider.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var seen = "";
            try
            {
                if (await absence.IsAbsentAsync(containerId, cancellationToken).ConfigureAwait(false))
                    return null;
            }
            catch (SandboxException exception)
            {
                // Silence proves nothing: it is asked again until the time is over.
                seen = exception.Message;
            }

            if (timeProvider.GetElapsedTime(start) >= within)
                return seen;
            await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }
}
