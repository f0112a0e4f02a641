using System.Xml.Linq;
using ContainerSandbox.Engine.Presenting;
using ContainerSandbox.Presentation.Text;

namespace ContainerSandbox.Presentation.Sections;

/// <summary>What should change, and why.</summary>
internal static class RecommendationSection
{
    private static readonly string[] Columns = ["Kind", "For", "Now#", "Recommended#", "Reason", "Expected effect", "Evidence"];

    private const int Most = 50;

    public static XElement? Make(ReportContent content) => content.Recommendations.Count == 0 ? null : Html.Section(
        "recommendations",
        "Recommendations",
        Html.Table(
            $"What should change, and why; the first {Most}",
            Columns,
            content.Recommendations.Take(Most).Select(each => new object[]
            {
                each.Kind.ToString(), each.AgentId.Length > 0 ? each.AgentId : each.Specialization, each.CurrentValue, each.RecommendedValue, each.Reason,
                each.ExpectedEffect, each.Evidence,
            })));
}
