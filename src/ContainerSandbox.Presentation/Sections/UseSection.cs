using System.Xml.Linq;
using ContainerSandbox.Engine.Presenting;
using ContainerSandbox.Presentation.Charts;
using ContainerSandbox.Presentation.Text;

namespace ContainerSandbox.Presentation.Sections;

/// <summary>Memory and processor use over time, agent by agent.</summary>
internal static class UseSection
{
    public static XElement Make(ReportContent content)
    {
        var cores = content.Environments.ToLookup(environment => environment.AgentId, environment => environment.CpuLimit, StringComparer.OrdinalIgnoreCase);
        return Html.Section(
            "use",
            "Use over time",
            content.Agents.Count == 0 ? Html.Element("p", Html.Class("none"), "There is no agent.") : Html.Element(
                "div", Html.Class("charts"), content.Agents.Select(agent => MakeAgent(agent, cores[agent.AgentId].LastOrDefault()))),
            content.OtherAgents > 0 ? Html.Element("p", Html.Class("note"), $"{content.OtherAgents} more agents are in the tables alone.") : null);
    }

    private static XElement MakeAgent(ReportAgent agent, double cores)
    {
        var gap = agent.Points.LastOrDefault(point => point.GapReason.Length > 0);
        return Html.Element(
            "article",
            Html.Element("h3", agent.AgentId),
            agent.Points.Count == 0
                ? Html.Element("p", Html.Class("none"), "No sample was taken. Start-SandboxMonitor takes them.")
                : new[]
                {
                    LineChart.Draw("Memory", Trace(agent.Points, point => point.MemoryMaximum), agent.Points[^1].MemoryLimit, Figures.Bytes),
                    LineChart.Draw("CPU", Trace(agent.Points, point => point.CpuMean), cores > 0 ? cores * 100 : null, Figures.Percent),
                },
            gap is null ? null : Html.Element("p", Html.Class("note"), $"Last gap at {Figures.Time(gap.Timestamp)}: {gap.GapReason}"));
    }

    // Nothing is known between two environments of an agent.
    private static List<SeriesPoint> Trace(IReadOnlyList<ResourceHistoryPoint> points, Func<ResourceHistoryPoint, double?> figure)
    {
        var trace = new List<SeriesPoint>(points.Count);
        for (var index = 0; index < points.Count; index++)
        {
            if (index > 0 && points[index].EnvironmentId != points[index - 1].EnvironmentId)
                trace.Add(new SeriesPoint(points[index].Timestamp, null));
            trace.Add(new SeriesPoint(points[index].Timestamp, figure(points[index])));
        }

        return trace;
    }
}
