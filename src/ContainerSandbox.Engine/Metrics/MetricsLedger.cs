namespace ContainerSandbox.Engine.Metrics;

/// <summary>
/// Counts claims, commands and health checks of a sandbox by agent. Agents come and go under ever new ids, so only the newest without an
/// environment are remembered; the counts of the whole lose nothing.
/// </summary>
internal sealed class MetricsLedger(TimeProvider timeProvider, int retainRemoved = 200)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, AgentLedger> _agents = new(StringComparer.OrdinalIgnoreCase);
    private readonly LinkedList<string> _removed = new();
    private readonly AgentLedger _total = new();
    private readonly long _start = timeProvider.GetTimestamp();
    private long _counted;

    /// <summary>A claim was served.</summary>
    public void Claimed(AgentEnvironment environment, ClaimTimes times)
    {
        lock (_gate)
        {
            var agent = Find(environment.AgentId);
            agent.Newest = environment;
            Restore(agent);
            Array.ForEach([agent, _total], ledger => ledger.Claims.Add(environment, times));
        }
    }

    /// <summary>A claim failed for a reason of the platform.</summary>
    public void ClaimFailed(string agentId) => Change(agentId, agent => agent.Claims.AddFailure());

    /// <summary>An agent's environment is gone.</summary>
    public void Removed(string agentId)
    {
        lock (_gate)
        {
            if (_agents.TryGetValue(agentId, out var agent))
                Retain(agentId, agent);
        }
    }

    /// <summary>A command ended with a result.</summary>
    public void Ran(CommandResult result) => Change(result.AgentId, agent => agent.Commands.Add(result));

    /// <summary>A command ended without a result.</summary>
    public void CommandFailed(string agentId) => Change(agentId, agent => agent.Commands.AddFailure());

    /// <summary>Something was changed to serve an agent better.</summary>
    public void Optimized(string agentId)
    {
        lock (_gate)
        {
            if (_agents.TryGetValue(agentId, out var agent))
                agent.LastOptimized = timeProvider.GetUtcNow();
        }
    }

    /// <summary>A health check came to a verdict.</summary>
    public void Checked(HealthResult result) => Change(result.AgentId, agent =>
    {
        if (result.Status == HealthStatus.Unknown)
            return;
        agent.HealthChecks++;
        if (result.Status != HealthStatus.Critical)
            agent.GoodHealthChecks++;
    });

    /// <summary>A sample was taken. One of an environment that was replaced meanwhile counts nothing.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="at">Timestamp of its moment.</param>
    public void Sampled(ResourceSample sample, long at)
    {
        if (sample.GapReason.Length > 0)
            return;
        lock (_gate)
        {
            if (_agents.TryGetValue(sample.AgentId, out var agent))
                agent.Use.Add(sample, timeProvider.GetElapsedTime(_start, at));
        }
    }

    /// <summary>What is known of each agent that had an environment, in the order of their first claims.</summary>
    public IReadOnlyList<PerformanceMetrics> Agents(IReadOnlyDictionary<string, AgentEnvironmentState> states)
    {
        lock (_gate)
        {
            return [.. _agents.Values.Where(agent => agent.Newest is not null).OrderBy(agent => agent.Number)
                .Select(agent => AgentMetrics.Of(agent, agent.Newest!, states.GetValueOrDefault(agent.Newest!.EnvironmentId, AgentEnvironmentState.Removed)))];
        }
    }

    /// <summary>What is known of the whole.</summary>
    /// <param name="sandboxId">The sandbox.</param>
    /// <param name="name">Its name.</param>
    /// <param name="environments">Its environments as they are now.</param>
    public SandboxSummary Summary(string sandboxId, string name, IReadOnlyList<AgentEnvironment> environments)
    {
        lock (_gate)
        {
            var uses = environments.Select(environment =>
                _agents.GetValueOrDefault(environment.AgentId)?.Use.Newest is { } sample && sample.EnvironmentId == environment.EnvironmentId ? sample : null);
            return SummaryMetrics.Of(_total, sandboxId, name, environments, [.. uses.OfType<ResourceSample>()]);
        }
    }

    private void Change(string agentId, Action<AgentLedger> change)
    {
        lock (_gate)
        {
            var agent = Find(agentId);
            change(agent);
            change(_total);

            // Whoever never had an environment, such as an agent whose claims all failed, is one of the removed.
            if (agent.Newest is null)
                Retain(agentId, agent);
        }
    }

    private AgentLedger Find(string agentId)
    {
        if (!_agents.TryGetValue(agentId, out var agent))
            _agents.Add(agentId, agent = new AgentLedger { Number = ++_counted });
        return agent;
    }

    private void Retain(string agentId, AgentLedger agent)
    {
        Restore(agent);
        agent.Removed = _removed.AddLast(agentId);
        if (_removed.Count <= retainRemoved)
            return;
        _agents.Remove(_removed.First!.Value);
        _removed.RemoveFirst();
    }

    private void Restore(AgentLedger agent)
    {
        if (agent.Removed is { } node)
            _removed.Remove(node);
        agent.Removed = null;
    }
}
