using System.Xml.Linq;
using ContainerSandbox.Engine.Presenting;
using ContainerSandbox.Presentation.Text;

namespace ContainerSandbox.Presentation.Sections;

/// <summary>The figures of each agent.</summary>
internal static class MetricSection
{
    private const int Most = 1000;

    private static readonly string[] Columns =
    [
        "Agent", "State", "Claims#", "Commands#", "Start-up#", "Memory#", "CPU#", "Error rate#", "Other exit codes#", "Healthy checks#", "Efficiency#",
        "Last optimized",
    ];

    public static XElement? Make(ReportContent content) => content.Metrics.Count == 0 ? null : Html.Section(
        "metrics",
        "Metrics",
        Html.Table(
            "Means of each agent since it was first claimed",
            Columns,
            content.Metrics.Take(Most).Select(agent => new object[]
            {
                agent.AgentId, agent.State.ToString(), Figures.Count(agent.Claims), Figures.Count(agent.Commands), Figures.Duration(agent.AverageStartupTime),
                Figures.Bytes(agent.AverageMemoryUsage), Figures.Percent(agent.AverageCpuUsage), Figures.Share(agent.ErrorRate),
                Figures.Share(agent.NonZeroExitRate), Figures.Share(agent.HealthCheckSuccessRate), Figures.Count(agent.ResourceEfficiencyScore),
                Figures.Time(agent.LastOptimized),
            })),
        content.Metrics.Count > Most ? Html.Element("p", Html.Class("note"), $"{content.Metrics.Count - Most} more are not shown.") : null);
}
