using System.Xml.Linq;
using ContainerSandbox.Engine.Presenting;
using ContainerSandbox.Presentation.Text;

namespace ContainerSandbox.Presentation.Sections;

/// <summary>Where the use of each agent that is shown in full goes.</summary>
internal static class TrendSection
{
    private static readonly string[] Columns = ["Agent", "Figure", "Direction", "Level#", "Per hour#", "Shift#", "Limit#", "Until the limit#", "Samples#"];

    public static XElement? Make(ReportContent content)
    {
        var trends = content.Agents.SelectMany(agent => agent.Trends).Where(trend => trend.Direction is not null).ToList();
        return trends.Count == 0 ? null : Html.Section("trends", "Trends", Html.Table(
            "Where each figure goes",
            Columns,
            trends.Select(trend => new object[]
            {
                trend.AgentId, trend.Figure.ToString(), trend.Direction.ToString()!, Figures.InUnit(trend.Level, trend.Unit),
                Figures.InUnit(trend.SlopePerHour, trend.Unit), Figures.InUnit(trend.LevelShift, trend.Unit), Figures.InUnit(trend.Limit, trend.Unit),
                Figures.Duration(trend.TimeToLimit), Figures.Count(trend.Samples),
            })));
    }
}
