namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>What is remembered of the use of a sandbox's environments.</summary>
public sealed class SandboxHistory
{
    private readonly SandboxParts _parts;

    internal SandboxHistory(SandboxParts parts) => _parts = parts;

    /// <summary>The agents that have an environment, oldest first, then those of which something is remembered all the same.</summary>
    public IReadOnlyList<string> Agents =>
        [.. _parts.Environments.All.Select(environment => environment.AgentId).Union(_parts.History.Agents, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Whether an environment is this agent's, or was and something is remembered of it.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="environmentId">The environment.</param>
    public bool Knows(string agentId, string environmentId) =>
        _parts.History.Has(agentId, environmentId)
        || _parts.Environments.All.Any(environment => environment.EnvironmentId == environmentId
            && environment.AgentId.Equals(agentId, StringComparison.OrdinalIgnoreCase));

    /// <summary>What an agent used, the oldest first, all at one resolution; nothing where no sample was taken.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="request">Which part is wanted.</param>
    public IReadOnlyList<ResourceHistoryPoint> Get(string agentId, HistoryRequest request) =>
        [.. _parts.History.Read(agentId, request).Select(reading => reading.Point)];
}
