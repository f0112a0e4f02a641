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
    public void Claimed(AgentEnvironment environment, TimeSpan startupTime)
    {
        lock (_gate)
        {
            var agent = Find(environment.AgentId);
            agent.Newest = environment;
            Restore(agent);
            Array.ForEach([agent, _total], ledger => ledger.AddClaim(environment.StartupSource, startupTime));
        }
    }

    /// <summary>A claim failed for a reason of the platform.</summary>
    public void ClaimFailed(string agentId) => Change(agentId, agent => agent.FailedClaims++);

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
    public void Ran(CommandResult result) => Change(result.AgentId, agent =>
    {
        agent.Commands++;
        if (result.TimedOut || result.OomKilled)
            agent.FailedCommands++;
        if (result.ExitCode != 0)
            agent.NonZeroExits++;
    });

    /// <summary>A command ended without a result.</summary>
    public void CommandFailed(string agentId) => Change(agentId, agent =>
    {
        agent.Commands++;
        agent.FailedCommands++;
    });

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
                .Select(agent => Describe(agent, agent.Newest!, states))];
        }
    }

    /// <summary>What is known of the whole.</summary>
    public SandboxSummary Summary(string sandboxId, string name, int environments)
    {
        lock (_gate)
        {
            return new SandboxSummary
            {
                SandboxId = sandboxId,
                Name = name,
                Environments = environments,
                Claims = _total.Claims,
                WarmClaims = _total.WarmClaims,
                ColdClaims = _total.ColdClaims,
                HitRate = AgentLedger.Rate(_total.WarmClaims, _total.Claims),
                AverageWarmStartupTime = AgentLedger.Mean(_total.WarmTime, _total.WarmClaims),
                AverageColdStartupTime = AgentLedger.Mean(_total.ColdTime, _total.ColdClaims),
                Commands = _total.Commands,
                ErrorRate = _total.ErrorRate,
            };
        }
    }

    private static PerformanceMetrics Describe(
        AgentLedger agent, AgentEnvironment newest, IReadOnlyDictionary<string, AgentEnvironmentState> states) => new()
        {
            AgentId = newest.AgentId,
            SandboxId = newest.SandboxId,
            EnvironmentId = newest.EnvironmentId,
            State = states.TryGetValue(newest.EnvironmentId, out var state) ? state : AgentEnvironmentState.Removed,
            Claims = agent.Claims,
            WarmClaims = agent.WarmClaims,
            ColdClaims = agent.ColdClaims,
            Commands = agent.Commands,
            AverageStartupTime = AgentLedger.Mean(agent.WarmTime + agent.ColdTime, agent.Claims),
            Samples = agent.Use.Samples,
            AverageMemoryUsage = agent.Use.AverageMemory,
            AverageCpuUsage = agent.Use.AverageCpu,
            ErrorRate = agent.ErrorRate,
            SuccessRate = 1 - agent.ErrorRate,
            NonZeroExitRate = AgentLedger.Rate(agent.NonZeroExits, agent.Commands),
            HealthCheckSuccessRate = AgentLedger.Rate(agent.GoodHealthChecks, agent.HealthChecks),
            ResourceEfficiencyScore = null,
            LastOptimized = agent.LastOptimized,
        };

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
