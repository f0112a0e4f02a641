namespace ContainerSandbox.Engine.Optimization;

/// <summary>
/// More processor time where processes stood still for want of it while the limit was used; less where an environment used little for long and
/// never stood still.
/// </summary>
internal sealed class CpuLimitRule : IRecommendationRule
{
    private const double Least = 0.1;
    private const double HeadRoom = 1.5;
    private const double Used = 0.8;
    private const double HeadRoomOverUsual = 1.3;
    private const double MuchThrottled = 0.1;
    private const double HardlyThrottled = 0.01;

    public IEnumerable<SandboxRecommendation> Judge(SandboxEvidence evidence) => LimitEvidence.Running(evidence)
        .Select(agent => Raise(evidence, agent) ?? Lower(evidence, agent)).OfType<SandboxRecommendation>();

    private static SandboxRecommendation? Raise(SandboxEvidence evidence, AgentEvidence agent)
    {
        var limit = agent.Environment.CpuLimit;
        if (LimitEvidence.ToRaise(agent) is not { } use || use.Throttled < MuchThrottled || use.CpuUsual < Used * 100 * limit)
            return null;
        var value = Math.Min(RoundUp(Math.Max(limit * HeadRoom, use.CpuUsual / 100 * HeadRoomOverUsual)), evidence.Bounds.MaximumCpu);
        return value <= limit ? null : Recommend(
            evidence,
            agent,
            value,
            ValueText.Of($"its processes stood still {use.Throttled:0.##} s of each second because its processor time was used up"),
            "the same work ends sooner");
    }

    private static SandboxRecommendation? Lower(SandboxEvidence evidence, AgentEvidence agent)
    {
        var limit = agent.Environment.CpuLimit;
        if (LimitEvidence.ToLower(agent, evidence.Options) is not { } use || use.Throttled > HardlyThrottled)
            return null;
        var value = Math.Max(RoundUp(use.CpuPeak / 100 * HeadRoom), Least);
        return value > LimitEvidence.WorthLowering * limit || value > evidence.Bounds.MaximumCpu ? null : Recommend(
            evidence,
            agent,
            value,
            ValueText.Of($"it never used more than {use.CpuPeak:0.#} % of a core, and may use {100 * limit:0.#} %"),
            ValueText.Of($"{limit - value:0.##} cores less are reserved"));
    }

    private static SandboxRecommendation Recommend(SandboxEvidence evidence, AgentEvidence agent, double value, string reason, string effect) =>
        LimitEvidence.Recommend(
            evidence, agent, RecommendationKind.CpuLimit, SettingNames.Cpu, ValueText.Of(agent.Environment.CpuLimit), ValueText.Of(value), reason, effect);

    // Twentieths of a core: finer than anybody can tell apart. What is due to the last binary digit is no more than it.
    private static double RoundUp(double cores) => Math.Ceiling(Math.Round(cores * 20, 6)) / 20;
}
