namespace ContainerSandbox.Engine.Optimization;

/// <summary>
/// Remembers the claims of the last hour by the pool that they came to, what each found, and the images that they waited for. Bounded; adding
/// takes no time worth speaking of.
/// </summary>
internal sealed class DemandBook(TimeProvider timeProvider)
{
    private const int MostClaims = 2000;
    private const int MostImages = 100;
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestRefill = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly Dictionary<string, PoolDemand> _pools = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (int Claims, TimeSpan LongestWait)> _images = new(StringComparer.Ordinal);
    private long _missed;

    /// <summary>Claims that found nothing ready, and waits for images, so far: when it grows something may have to change.</summary>
    public long Trouble => Interlocked.Read(ref _missed);

    /// <summary>A pool keeps so many ready from now on, unless it did so before.</summary>
    public void Observe(string specialization, int target)
    {
        lock (_gate)
            Find(specialization, target);
    }

    /// <summary>A claim was served.</summary>
    /// <param name="specialization">The specialization of the pool that it came to.</param>
    /// <param name="target">What the pool keeps ready.</param>
    /// <param name="miss">Why it was not served from there.</param>
    /// <param name="startTime">How long the container took where it was started for the claim.</param>
    public void Claimed(string specialization, int target, MissReason miss, TimeSpan startTime)
    {
        lock (_gate)
        {
            var pool = Find(specialization, target);
            if (pool.Claims.Count == MostClaims)
                pool.Claims.Dequeue();
            pool.Claims.Enqueue(new Demand(timeProvider.GetTimestamp(), target, miss, startTime));
            if (miss == MissReason.PoolEmpty)
                _missed++;
        }
    }

    /// <summary>A claim waited while its image was pulled.</summary>
    public void Pulled(string reference, TimeSpan wait)
    {
        lock (_gate)
        {
            _missed++;
            if (_images.TryGetValue(reference, out var image) || _images.Count < MostImages)
                _images[reference] = (image.Claims + 1, image.LongestWait > wait ? image.LongestWait : wait);
        }
    }

    /// <summary>What is known of the demand on a pool.</summary>
    public PoolEvidence Read(string specialization, int target)
    {
        lock (_gate)
        {
            var pool = Find(specialization, target);
            while (pool.Claims.TryPeek(out var oldest) && timeProvider.GetElapsedTime(oldest.At) > Remembered)
                pool.Claims.Dequeue();
            Demand[] missed = [.. pool.Claims.Where(claim => claim.Miss == MissReason.PoolEmpty)];
            var refill = missed.Length == 0 ? ShortestRefill : missed.Max(claim => claim.StartTime);
            refill = refill > ShortestRefill ? refill : ShortestRefill;
            var observed = timeProvider.GetElapsedTime(pool.TargetSince);
            return new PoolEvidence(
                specialization, target, observed < Remembered ? observed : Remembered, pool.Claims.Count, missed.Length,
                missed.Length == 0 ? 0 : missed.Max(claim => claim.Target), Burst([.. pool.Claims], refill), refill);
        }
    }

    /// <summary>The images that claims waited for.</summary>
    public IReadOnlyList<(string Reference, int Claims, TimeSpan LongestWait)> Images
    {
        get
        {
            lock (_gate)
                return [.. _images.Select(image => (image.Key, image.Value.Claims, image.Value.LongestWait))];
        }
    }

    /// <summary>Claims that found nothing ready over all of this time up to now; 0 without any.</summary>
    public double MissRate(string specialization, TimeSpan time)
    {
        lock (_gate)
        {
            if (!_pools.TryGetValue(specialization, out var pool))
                return 0;
            Demand[] claims = [.. pool.Claims.Where(claim => timeProvider.GetElapsedTime(claim.At) < time)];
            return claims.Length == 0 ? 0 : (double)claims.Count(claim => claim.Miss == MissReason.PoolEmpty) / claims.Length;
        }
    }

    private int Burst(Demand[] claims, TimeSpan within)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < claims.Length; last++)
        {
            while (timeProvider.GetElapsedTime(claims[first].At, claims[last].At) > within)
                first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    private PoolDemand Find(string specialization, int target)
    {
        if (!_pools.TryGetValue(specialization, out var pool))
            _pools.Add(specialization, pool = new PoolDemand { Target = target, TargetSince = timeProvider.GetTimestamp() });
        if (pool.Target != target)
            (pool.Target, pool.TargetSince) = (target, timeProvider.GetTimestamp());
        return pool;
    }

    private sealed class PoolDemand
    {
        public int Target { get; set; }

        public long TargetSince { get; set; }

        public Queue<Demand> Claims { get; } = new();
    }

    private readonly record struct Demand(long At, int Target, MissReason Miss, TimeSpan StartTime);
}
