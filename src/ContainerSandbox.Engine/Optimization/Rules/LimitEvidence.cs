namespace ContainerSandbox.Engine.Optimization;

/// <summary>When what an environment used is enough to judge its limits by.</summary>
internal static class LimitEvidence
{
    private const int LeastSamples = 30;
    private static readonly TimeSpan LongEnough = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongEnoughForInefficient = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongEnoughToRaise = TimeSpan.FromMinutes(1);

    /// <summary>A change down counts only when it brings at least this share.</summary>
    public const double WorthLowering = 0.7;

    /// <summary>The use of an environment that has wanted more for a while; null where too little is known.</summary>
    public static UseEvidence? ToRaise(AgentEvidence agent) =>
        agent.Use is { } use && use.Samples >= LeastSamples && use.Observed >= LongEnoughToRaise ? use : null;

    /// <summary>The use of an environment that has used little for long; of one whose score is low, for less long. Null where too little is known.</summary>
    public static UseEvidence? ToLower(AgentEvidence agent, RecommendationOptions options) =>
        agent.Use is { } use && use.Samples >= LeastSamples
        && use.Observed >= (agent.EfficiencyScore < options.EfficiencyThreshold ? LongEnoughForInefficient : LongEnough) ? use : null;

    /// <summary>A recommendation about an environment.</summary>
    public static SandboxRecommendation Recommend(
        SandboxEvidence evidence, AgentEvidence agent, RecommendationKind kind, string setting, string current, string value, string reason, string effect) => new()
        {
            SandboxId = evidence.SandboxId,
            Kind = kind,
            AgentId = agent.Environment.AgentId,
            EnvironmentId = agent.Environment.EnvironmentId,
            Specialization = agent.Environment.Specialization,
            Setting = setting,
            CurrentValue = current,
            RecommendedValue = value,
            Reason = reason,
            ExpectedEffect = effect,
            Evidence = Describe(agent),
        };

    /// <summary>The environments whose limits can be changed.</summary>
    public static IEnumerable<AgentEvidence> Running(SandboxEvidence evidence) =>
        evidence.Agents.Where(agent => agent.Environment.State == AgentEnvironmentState.Running);

    private static string Describe(AgentEvidence agent) => agent.Use is not { } use
        ? ValueText.Of($"memory used up {agent.UsedUp} times")
        : ValueText.Of(
            $"{ValueText.Span(use.Observed)}, {use.Samples} samples: memory {ValueText.Megabytes(use.MemoryUsual)} (p95), {ValueText.Megabytes(use.MemoryPeak)} (most), used up {agent.UsedUp} times; processor {use.CpuUsual:0.#} % (p95), {use.CpuPeak:0.#} % (most), {use.Throttled:0.###} s throttled each second");
}
