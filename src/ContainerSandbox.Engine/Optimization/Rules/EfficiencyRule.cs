namespace ContainerSandbox.Engine.Optimization;

/// <summary>An agent with a low efficiency score. What its limits should be is said beside this, as soon as there is evidence enough.</summary>
internal sealed class EfficiencyRule : IRecommendationRule
{
    public IEnumerable<SandboxRecommendation> Judge(SandboxEvidence evidence) => LimitEvidence.Running(evidence)
        .Where(agent => agent.EfficiencyScore < evidence.Options.EfficiencyThreshold)
        .Select(agent => LimitEvidence.Recommend(
            evidence,
            agent,
            RecommendationKind.LowEfficiency,
            "",
            ValueText.Of(agent.EfficiencyScore!.Value),
            ValueText.Of(evidence.Options.EfficiencyThreshold),
            ValueText.Of($"its efficiency score is {agent.EfficiencyScore:0.##}"),
            "limits nearer to what it uses: look at its MemoryLimit and CpuLimit recommendations, at its errors and at throttling"));
}
