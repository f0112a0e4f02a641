using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Engine.Presenting;

/// <summary>Gathers what is known of a sandbox, all of it from memory, and has a report made of it.</summary>
public static class SandboxReport
{
    /// <summary>How many agents are shown with their history; the others are in the tables alone.</summary>
    public const int MostAgentsInFull = 24;

    private const string Writer = "ContainerSandbox.Presentation.HtmlReportWriter, ContainerSandbox.Presentation";

    /// <summary>The agents of which a report can tell: those with an environment first, oldest first.</summary>
    /// <param name="sandbox">The sandbox.</param>
    public static IReadOnlyList<string> FindAgents(Sandbox sandbox) =>
        [.. sandbox.History.Agents.Union(sandbox.GetMetrics().Select(agent => agent.AgentId), StringComparer.OrdinalIgnoreCase)];

    /// <summary>Writes a report.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="agents">The agents that are wanted.</param>
    /// <param name="since">From when on history and events are shown.</param>
    /// <param name="writer">Takes the text.</param>
    public static void Write(Sandbox sandbox, IReadOnlyList<string> agents, DateTimeOffset since, TextWriter writer) =>
        LoadWriter().Write(Gather(sandbox, agents, since, TimeProvider.System.GetUtcNow()), writer);

    internal static ReportContent Gather(Sandbox sandbox, IReadOnlyList<string> agents, DateTimeOffset since, DateTimeOffset now)
    {
        var wanted = agents.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var request = new HistoryRequest { Since = since };
        return new ReportContent
        {
            CreatedAt = now,
            From = since,
            Sandbox = sandbox.GetInfo(),
            Summary = sandbox.GetSummary(),
            Monitor = sandbox.Monitoring.Info,
            Environments = [.. sandbox.GetEnvironments().Where(environment => wanted.Contains(environment.AgentId))],
            Agents =
            [
                .. agents.Take(MostAgentsInFull).Select(agentId => new ReportAgent
                {
                    AgentId = agentId,
                    Points = sandbox.History.Get(agentId, request),
                    Trends = sandbox.History.GetTrends(agentId, request),
                }),
            ],
            OtherAgents = Math.Max(0, agents.Count - MostAgentsInFull),
            Pools = sandbox.GetPools(),
            Metrics = [.. sandbox.GetMetrics().Where(agent => wanted.Contains(agent.AgentId))],
            Recommendations =
            [
                .. sandbox.Optimization.Recommend(RecommendationOptions.Usual).Where(each => each.AgentId.Length == 0 || wanted.Contains(each.AgentId)),
            ],
            Events = [.. sandbox.GetEvents(since).Where(happened => happened.AgentId.Length == 0 || wanted.Contains(happened.AgentId))],
        };
    }

    private static IReportWriter LoadWriter() => (IReportWriter)Activator.CreateInstance(Type.GetType(Writer, throwOnError: true)!)!;
}
