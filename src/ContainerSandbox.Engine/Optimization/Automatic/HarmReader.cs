using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Engine.Optimization;

/// <summary>The figure that a change of a kind must not make worse.</summary>
internal sealed class HarmReader(SandboxParts parts)
{
    private const double MoreMisses = 0.05;
    private const double MoreThrottling = 0.1;

    /// <summary>The figure over the time up to now: misses over claims, times that memory was used up, or time throttled of each unit of time.</summary>
    public double Read(RecommendationKind kind, string agentId, string environmentId, string specialization, TimeSpan time) => kind switch
    {
        RecommendationKind.PoolTarget => parts.Demand.MissRate(specialization, time),
        RecommendationKind.MemoryLimit => parts.Environments.Find(agentId, environmentId)?.Slot.Memory.CountWithin(time) ?? 0,
        RecommendationKind.CpuLimit => UseReader.Of(
            parts.History.ReadLast(agentId, new HistoryRequest { EnvironmentId = environmentId, Last = time }))?.Throttled ?? 0,
        _ => 0,
    };

    /// <summary>Whether a figure is worse than before by more than chance.</summary>
    public static bool IsWorse(RecommendationKind kind, double before, double after) => after > before + kind switch
    {
        RecommendationKind.PoolTarget => MoreMisses,
        RecommendationKind.CpuLimit => MoreThrottling,
        _ => 0,
    };
}
