using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Optimization;

/// <summary>
/// More memory where it was used up or is nearly so; less where an environment has never used two thirds of what would be left. Never so
/// little that its file systems would take more than three quarters, and never what was used up before.
/// </summary>
internal sealed class MemoryLimitRule : IRecommendationRule
{
    private const long Step = 16L << 20;
    private const long Least = 64L << 20;
    private const double HeadRoom = 1.5;
    private const double NearlyUsed = 0.85;
    private const double HeadRoomOverUsual = 1.3;

    public IEnumerable<SandboxRecommendation> Judge(SandboxEvidence evidence) => LimitEvidence.Running(evidence)
        .Select(agent => Raise(evidence, agent) ?? Lower(evidence, agent)).OfType<SandboxRecommendation>();

    /// <summary>The least limit that the file systems of an environment allow.</summary>
    internal static long Floor(long fileSystemMemory)
    {
        var floor = RoundUp(fileSystemMemory / 2.0 / 0.75);
        return TmpfsPlan.Fits(fileSystemMemory, floor) ? floor : floor + Step;
    }

    private static SandboxRecommendation? Raise(SandboxEvidence evidence, AgentEvidence agent)
    {
        var limit = agent.Environment.MemoryLimit;
        var use = LimitEvidence.ToRaise(agent);
        var isUsedUp = agent.UsedUpAt >= limit;
        var isNear = use is not null && use.MemoryUsual > NearlyUsed * limit;
        if (!isUsedUp && !isNear)
            return null;
        var wanted = Math.Max(agent.UsedUpAt * HeadRoom, (use?.MemoryUsual ?? 0) * HeadRoomOverUsual);
        var value = Math.Min(RoundUp(wanted), evidence.Bounds.MaximumMemory);
        return value <= limit ? null : Recommend(
            evidence,
            agent,
            value,
            isUsedUp ? ValueText.Of($"its memory was used up {agent.UsedUp} times") : ValueText.Of($"{ValueText.Megabytes(use!.MemoryUsual)} are in use most of the time"),
            "processes are not ended for want of memory");
    }

    private static SandboxRecommendation? Lower(SandboxEvidence evidence, AgentEvidence agent)
    {
        var limit = agent.Environment.MemoryLimit;
        if (LimitEvidence.ToLower(agent, evidence.Options) is not { } use)
            return null;
        var value = Math.Max(
            Math.Max(RoundUp(use.MemoryPeak * HeadRoom), RoundUp(agent.UsedUpAt * HeadRoom)),
            Math.Max(Least, Floor(agent.FileSystemMemory)));
        return value > LimitEvidence.WorthLowering * limit || value > evidence.Bounds.MaximumMemory ? null : Recommend(
            evidence,
            agent,
            value,
            ValueText.Of($"it never used more than {ValueText.Megabytes(use.MemoryPeak)} of {ValueText.Megabytes(limit)}"),
            ValueText.Of($"{ValueText.Megabytes(limit - value)} less are reserved"));
    }

    private static SandboxRecommendation Recommend(SandboxEvidence evidence, AgentEvidence agent, long value, string reason, string effect) =>
        LimitEvidence.Recommend(
            evidence, agent, RecommendationKind.MemoryLimit, SettingNames.Memory, ValueText.Of(agent.Environment.MemoryLimit), ValueText.Of(value), reason, effect);

    private static long RoundUp(double bytes) => (long)Math.Ceiling(bytes / Step) * Step;
}
