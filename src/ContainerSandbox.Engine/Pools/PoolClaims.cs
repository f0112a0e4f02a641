namespace ContainerSandbox.Engine.Pools;

/// <summary>Counts the claims that came to one pool, and remembers why it could not serve the last ones.</summary>
internal sealed class PoolClaims
{
    private const int MissesKept = 10;

    private readonly object _gate = new();
    private readonly Queue<SandboxPoolMiss> _misses = [];
    private long _warm;
    private long _cold;

    /// <summary>A claim was served.</summary>
    /// <param name="miss">Why not from the pool; null when it was.</param>
    public void Add(SandboxPoolMiss? miss)
    {
        lock (_gate)
        {
            if (miss is null)
            {
                _warm++;
                return;
            }

            _cold++;
            _misses.Enqueue(miss);
            if (_misses.Count > MissesKept)
                _misses.Dequeue();
        }
    }

    /// <summary>Claims from the pool, claims by a start of their own, and the last misses, newest first.</summary>
    public (long Warm, long Cold, IReadOnlyList<SandboxPoolMiss> Misses) Read()
    {
        lock (_gate)
            return (_warm, _cold, [.. _misses.Reverse()]);
    }
}
