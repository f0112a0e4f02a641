namespace ContainerSandbox.Engine.Pools;

/// <summary>
/// Lets claims go first. What the engine starts or ends for the pool is what makes the tail of a claim, so it begins 20 ms after a claim.
/// The claims that follow do not put it off, or it would never begin under load; only one that is under way at that very moment does,
/// and 100 ms at most.
/// </summary>
internal sealed class ClaimYield(Func<bool> isUnderWay, TimeProvider timeProvider)
{
    private const int MostRounds = 5;
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(20);

    // Never claimed is a long time ago.
    private long _claimed = timeProvider.GetTimestamp() - timeProvider.TimestampFrequency;

    /// <summary>True when no claim is under way and none was a moment ago.</summary>
    public bool IsQuiet => !isUnderWay() && SinceClaim >= Round;

    private TimeSpan SinceClaim => timeProvider.GetElapsedTime(Volatile.Read(ref _claimed));

    /// <summary>A claim was served.</summary>
    public void Claimed() => Volatile.Write(ref _claimed, timeProvider.GetTimestamp());

    /// <summary>Waits for the moment to begin something; cancelled, it is now.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            var first = isUnderWay() ? Round : Round - SinceClaim;
            if (first > TimeSpan.Zero)
                await Task.Delay(first, timeProvider, cancellationToken).ConfigureAwait(false);
            for (var round = 1; round < MostRounds && isUnderWay(); round++)
                await Task.Delay(Round, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The end is no time for courtesy.
        }
    }
}
