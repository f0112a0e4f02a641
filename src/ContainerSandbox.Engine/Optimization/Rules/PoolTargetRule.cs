namespace ContainerSandbox.Engine.Optimization;

/// <summary>
/// More ready containers where claims found none: as many as came at most while one container starts. Fewer where an hour needed not half of
/// them. A pool that was told to keep none stays so.
/// </summary>
internal sealed class PoolTargetRule : IRecommendationRule
{
    private const int LeastMisses = 3;
    private const double LeastMissRate = 0.02;
    private static readonly TimeSpan LongEnough = TimeSpan.FromHours(1);

    public IEnumerable<SandboxRecommendation> Judge(SandboxEvidence evidence) =>
        evidence.Pools.Where(pool => pool.Target > 0).Select(pool => Raise(evidence, pool) ?? Lower(evidence, pool)).OfType<SandboxRecommendation>();

    private static SandboxRecommendation? Raise(SandboxEvidence evidence, PoolEvidence pool)
    {
        // What happened with fewer containers than there are now tells nothing about those.
        if (pool.Misses < LeastMisses || pool.Misses < LeastMissRate * pool.Claims || pool.Target > pool.MissedAtTarget)
            return null;
        var target = Math.Min(Math.Max(pool.Burst, pool.MissedAtTarget + 1), evidence.Bounds.MaximumWarmupContainers);
        return target <= pool.Target ? null : Recommend(
            evidence,
            pool,
            target,
            ValueText.Of($"{pool.Misses} of {pool.Claims} claims found no container ready"),
            ValueText.Of($"the {pool.Burst} claims that came at once are served from the pool instead of after {ValueText.Span(pool.RefillTime)}"));
    }

    private static SandboxRecommendation? Lower(SandboxEvidence evidence, PoolEvidence pool)
    {
        var target = Math.Max(2 * pool.Burst, 1);
        return pool.Misses > 0 || pool.Observed < LongEnough || pool.Target <= 2 * target ? null : Recommend(
            evidence,
            pool,
            target,
            ValueText.Of($"no more than {pool.Burst} of {pool.Target} containers were needed at once"),
            ValueText.Of($"{pool.Target - target} containers fewer that only wait"));
    }

    private static SandboxRecommendation Recommend(SandboxEvidence evidence, PoolEvidence pool, int target, string reason, string effect) => new()
    {
        SandboxId = evidence.SandboxId,
        Kind = RecommendationKind.PoolTarget,
        Specialization = pool.Specialization,
        Setting = SettingNames.WarmupContainers,
        CurrentValue = ValueText.Of(pool.Target),
        RecommendedValue = ValueText.Of(target),
        Reason = reason,
        ExpectedEffect = effect,
        Evidence = ValueText.Of(
            $"last hour: {pool.Claims} claims, {pool.Misses} missed, at most {pool.Burst} within {ValueText.Span(pool.RefillTime)} (one refill); target unchanged for {ValueText.Span(pool.Observed)}"),
    };
}
