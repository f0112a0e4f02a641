namespace ContainerSandbox.Engine.Pools;

/// <summary>What the pools of one sandbox share, since they share an engine: claims of any of them go first, and their starts count together.</summary>
internal sealed class PoolTraffic
{
    private int _underWay;

    /// <summary>Makes the traffic of one sandbox.</summary>
    public PoolTraffic(TimeProvider timeProvider) => Yield = new ClaimYield(() => Volatile.Read(ref _underWay) > 0, timeProvider);

    /// <summary>Lets claims go first.</summary>
    public ClaimYield Yield { get; }

    /// <summary>The starts of pools that are well.</summary>
    public StartLane Starts { get; } = new();

    /// <summary>
    /// The starts of pools whose last one failed, one at a time and beside the others: what takes long to fail would keep a well pool's
    /// starts waiting.
    /// </summary>
    public StartLane Trials { get; } = new();

    /// <summary>A claim took a slot.</summary>
    public void ClaimBegins() => Interlocked.Increment(ref _underWay);

    /// <summary>That claim was served, or given up.</summary>
    public void ClaimEnds() => Interlocked.Decrement(ref _underWay);
}
