namespace ContainerSandbox.Engine.Optimization;

/// <summary>A claim that took long: one ready container where the pool was told to keep none, else advice by the stage that took the time.</summary>
internal sealed class SlowStartupRule : IRecommendationRule
{
    public IEnumerable<SandboxRecommendation> Judge(SandboxEvidence evidence)
    {
        var offered = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var agent in evidence.Agents.Where(agent => agent.Environment.StartupTime > evidence.Options.StartupThreshold))
        {
            var environment = agent.Environment;
            var pool = evidence.Pools.FirstOrDefault(pool => pool.Specialization.Equals(environment.Template, StringComparison.OrdinalIgnoreCase));
            if (environment.MissReason != MissReason.PoolDisabled)
                yield return Recommend(evidence, environment, Advice(environment));
            else if (pool is { Target: 0 } && offered.Add(pool.Specialization))
                yield return Enable(evidence, environment, pool);
        }
    }

    private static SandboxRecommendation Enable(SandboxEvidence evidence, AgentEnvironment environment, PoolEvidence pool) =>
        Recommend(evidence, environment, "the next claim is served by a container that is ready") with
        {
            Specialization = pool.Specialization,
            Setting = SettingNames.WarmupContainers,
            CurrentValue = ValueText.Of(pool.Target),
            RecommendedValue = ValueText.Of(1),
        };

    private static SandboxRecommendation Recommend(SandboxEvidence evidence, AgentEnvironment environment, string effect) => new()
    {
        SandboxId = evidence.SandboxId,
        Kind = RecommendationKind.SlowStartup,
        AgentId = environment.AgentId,
        EnvironmentId = environment.EnvironmentId,
        Specialization = environment.Specialization,
        Reason = ValueText.Of(
            $"its claim took {ValueText.Span(environment.StartupTime)}; {ValueText.Span(evidence.Options.StartupThreshold)} are allowed"),
        ExpectedEffect = effect,
        Evidence = ValueText.Of(
            $"{environment.StartupSource} start, {environment.MissReason}; check and image {ValueText.Span(environment.OptimizationCheckTime)}, allocation {ValueText.Span(environment.AllocationTime)}, verification {ValueText.Span(environment.VerificationTime)}"),
    };

    private static string Advice(AgentEnvironment environment)
    {
        if (environment.OptimizationCheckTime >= environment.AllocationTime && environment.OptimizationCheckTime >= environment.VerificationTime)
            return "its image had to be brought first: Initialize-Sandbox -PreloadBaseImages $true, or a template with New-SandboxPool";
        return environment.MissReason switch
        {
            MissReason.ImageDiffers => "another image starts a container of its own: give it a pool with New-SandboxPool",
            MissReason.NetworkDiffers => "another network starts a container of its own: give it a pool with New-SandboxPool -Network",
            MissReason.MemoryBelowTmpfs => "so little memory starts a container of its own: give it a pool with New-SandboxPool -Memory",
            MissReason.PoolDegraded => "its pool cannot be filled: Get-SandboxPool -Detailed says why",
            MissReason.PoolEmpty => "nothing was ready: Set-SandboxPool -WarmupContainers keeps more",
            _ => "the engine is slow: Test-SandboxEngine looks at it",
        };
    }
}
