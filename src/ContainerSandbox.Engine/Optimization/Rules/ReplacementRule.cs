namespace ContainerSandbox.Engine.Optimization;

/// <summary>A new environment for an agent whose own is lost or Critical.</summary>
internal sealed class ReplacementRule : IRecommendationRule
{
    public IEnumerable<SandboxRecommendation> Judge(SandboxEvidence evidence) =>
        from agent in evidence.Agents
        let environment = agent.Environment
        let isLost = environment.State == AgentEnvironmentState.Lost
        where isLost || (environment.State == AgentEnvironmentState.Running && environment.Health == HealthStatus.Critical)
        select LimitEvidence.Recommend(
            evidence,
            agent,
            RecommendationKind.ReplaceEnvironment,
            SettingNames.Environment,
            environment.EnvironmentId,
            ReplacementValue,
            isLost ? $"it is lost: {environment.StateReason}" : "its health is Critical: Test-SandboxHealth says why",
            isLost ? "the agent can work again" : "the agent can work again; what its environment holds in memory is gone then, so this needs -Replace");

    /// <summary>Stands for an environment that is not there yet.</summary>
    internal const string ReplacementValue = "new";
}
