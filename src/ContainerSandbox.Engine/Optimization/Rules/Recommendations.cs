namespace ContainerSandbox.Engine.Optimization;

/// <summary>All that can be recommended, in the order in which it is shown.</summary>
internal static class Recommendations
{
    private static readonly IRecommendationRule[] All =
    [
        new ReplacementRule(), new PoolTargetRule(), new ImagePreloadRule(), new SlowStartupRule(), new MemoryLimitRule(), new CpuLimitRule(),
        new EfficiencyRule(),
    ];

    /// <summary>What the evidence says should change.</summary>
    public static IReadOnlyList<SandboxRecommendation> From(SandboxEvidence evidence) => [.. All.SelectMany(rule => rule.Judge(evidence))];
}
