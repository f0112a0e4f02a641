using System.Xml.Linq;
using ContainerSandbox.Engine.Presenting;
using ContainerSandbox.Presentation.Text;

namespace ContainerSandbox.Presentation.Sections;

/// <summary>The newest events.</summary>
internal static class EventSection
{
    private const int Most = 200;

    private static readonly string[] Columns = ["Time", "Kind", "Agent", "Cause"];

    public static XElement Make(ReportContent content) => Html.Section(
        "events",
        "Events",
        content.Events.Count == 0 ? Html.Element("p", Html.Class("none"), "Nothing happened.") : Html.Table(
            content.Events.Count > Most ? $"The newest {Most} of {Figures.Count(content.Events.Count)} events" : "All events, newest first",
            Columns,
            content.Events.Reverse().Take(Most).Select(happened => new object[]
            {
                Html.Element("span", Html.Class("nowrap"), Figures.Time(happened.Timestamp)), happened.Kind.ToString(), happened.AgentId, happened.Cause,
            })));
}
