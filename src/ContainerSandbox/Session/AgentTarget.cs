using System.Management.Automation;

namespace ContainerSandbox.Session;

/// <summary>An agent that a cmdlet was asked to act on.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="EnvironmentId">The environment that must be the agent's; null takes whichever it has.</param>
internal readonly record struct AgentTarget(string AgentId, string? EnvironmentId)
{
    /// <summary>
    /// The agents that patterns mean. One without wildcards stands for itself, known or not: the engine tells. One with wildcards stands
    /// for the environments that it matches now.
    /// </summary>
    public static IEnumerable<AgentTarget> Expand(EngineSandbox sandbox, IEnumerable<string> patterns, string? environmentId)
    {
        environmentId = string.IsNullOrEmpty(environmentId) ? null : environmentId;
        foreach (var pattern in patterns)
        {
            if (!WildcardPattern.ContainsWildcardCharacters(pattern))
            {
                yield return new AgentTarget(pattern, environmentId);
                continue;
            }

            var wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
            foreach (var environment in sandbox.GetEnvironments())
            {
                if (wildcard.IsMatch(environment.AgentId) && (environmentId ?? environment.EnvironmentId) == environment.EnvironmentId)
                    yield return new AgentTarget(environment.AgentId, environment.EnvironmentId);
            }
        }
    }
}
