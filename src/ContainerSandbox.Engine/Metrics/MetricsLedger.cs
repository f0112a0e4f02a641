namespace ContainerSandbox.Engine.Metrics;

/// <summary>Counts claims, commands and health checks of a sandbox by agent.</summary>
internal sealed class MetricsLedger
{
    private readonly object _gate = new();
    private readonly Dictionary<string, AgentLedger> _agents = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _order = [];

    /// <summary>Claims served from the pool, claims served by a start, and why the last one was not served from the pool.</summary>
    public (long Warm, long Cold, MissReason LastMiss) Claims
    {
        get
        {
            lock (_gate)
                return (_agents.Values.Sum(agent => agent.WarmClaims), _agents.Values.Sum(agent => agent.ColdClaims), LastMiss);
        }
    }

    private MissReason LastMiss { get; set; }

    /// <summary>A claim was served.</summary>
    public void Claimed(AgentEnvironment environment, TimeSpan startupTime) => Change(environment.AgentId, agent =>
    {
        agent.Newest = environment;
        if (environment.StartupSource == StartupSource.Warm)
        {
            agent.WarmClaims++;
            agent.WarmTime += startupTime;
        }
        else
        {
            agent.ColdClaims++;
            agent.ColdTime += startupTime;
            LastMiss = environment.MissReason;
        }
    });

    /// <summary>A claim failed for a reason of the platform.</summary>
    public void ClaimFailed(string agentId) => Change(agentId, agent => agent.FailedClaims++);

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

    /// <summary>A health check came to a verdict.</summary>
    public void Checked(HealthResult result) => Change(result.AgentId, agent =>
    {
        if (result.Status == HealthStatus.Unknown)
            return;
        agent.HealthChecks++;
        if (result.Status != HealthStatus.Critical)
            agent.GoodHealthChecks++;
    });

    /// <summary>What is known of each agent that had an environment, in the order of their first claims.</summary>
    public IReadOnlyList<PerformanceMetrics> Agents(IReadOnlyDictionary<string, AgentEnvironmentState> states)
    {
        lock (_gate)
        {
            return [.. _order.Select(id => _agents[id]).Where(agent => agent.Newest is not null).Select(agent => Describe(agent, agent.Newest!, states))];
        }
    }

    /// <summary>What is known of the whole.</summary>
    public SandboxSummary Summary(string sandboxId, string name, int environments)
    {
        lock (_gate)
        {
            var total = new AgentLedger();
            foreach (var agent in _agents.Values)
            {
                total.WarmClaims += agent.WarmClaims;
                total.ColdClaims += agent.ColdClaims;
                total.FailedClaims += agent.FailedClaims;
                total.WarmTime += agent.WarmTime;
                total.ColdTime += agent.ColdTime;
                total.Commands += agent.Commands;
                total.FailedCommands += agent.FailedCommands;
            }

            return new SandboxSummary
            {
                SandboxId = sandboxId,
                Name = name,
                Environments = environments,
                Claims = total.Claims,
                WarmClaims = total.WarmClaims,
                ColdClaims = total.ColdClaims,
                HitRate = AgentLedger.Rate(total.WarmClaims, total.Claims),
                AverageWarmStartupTime = AgentLedger.Mean(total.WarmTime, total.WarmClaims),
                AverageColdStartupTime = AgentLedger.Mean(total.ColdTime, total.ColdClaims),
                Commands = total.Commands,
                ErrorRate = total.ErrorRate,
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
            AverageMemoryUsage = null,
            AverageCpuUsage = null,
            ErrorRate = agent.ErrorRate,
            SuccessRate = 1 - agent.ErrorRate,
            NonZeroExitRate = AgentLedger.Rate(agent.NonZeroExits, agent.Commands),
            HealthCheckSuccessRate = AgentLedger.Rate(agent.GoodHealthChecks, agent.HealthChecks),
            ResourceEfficiencyScore = null,
            LastOptimized = null,
        };

    private void Change(string agentId, Action<AgentLedger> change)
    {
        lock (_gate)
        {
            if (!_agents.TryGetValue(agentId, out var agent))
            {
                _agents.Add(agentId, agent = new AgentLedger());
                _order.Add(agentId);
            }

            change(agent);
        }
    }
}
