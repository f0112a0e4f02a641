using ContainerSandbox.Engine.Trends;

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

    /// <summary>Where the use of an agent's environment goes, figure by figure: of the one that it had last, unless the request names one.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="request">Which part of the history counts.</param>
    public IReadOnlyList<ResourceTrend> GetTrends(string agentId, HistoryRequest request)
    {
        var readings = _parts.History.ReadLast(agentId, request);
        if (readings.Count == 0)
            return [];
        var environment = _parts.Environments.All.FirstOrDefault(environment => environment.EnvironmentId == readings[0].Point.EnvironmentId)?.Snapshot();
        return ResourceTrends.Of(readings, new TrendLimits(environment?.CpuLimit * 100, environment?.PidsLimit));
    }
}
