using System.Xml.Linq;
using ContainerSandbox.Engine.Presenting;
using ContainerSandbox.Presentation.Charts;
using ContainerSandbox.Presentation.Text;

namespace ContainerSandbox.Presentation.Sections;

/// <summary>Where the containers of claims came from.</summary>
internal static class ClaimSection
{
    private const int Most = 20;

    public static XElement Make(ReportContent content)
    {
        var summary = content.Summary;
        var agents = content.Metrics.Where(agent => agent.Claims > 0).OrderByDescending(agent => agent.Claims).Take(Most).ToList();
        var greatest = agents.Select(agent => agent.Claims).Prepend(1).Max();
        var rows = agents.Select(agent => Row(agent.AgentId, agent.WarmClaims, agent.ColdClaims, greatest))
            .Prepend(Row("All together", summary.WarmClaims, summary.ColdClaims, Math.Max(1, summary.Claims))).ToList();
        return Html.Section(
            "claims",
            "Claims by source",
            summary.Claims == 0 ? Html.Element("p", Html.Class("none"), "Nothing was claimed.") : Html.Element(
                "div", Html.Class("wide"), BandChart.Draw($"Claims by source: {Counts(summary.WarmClaims, summary.ColdClaims)} in all", rows)),
            Html.Element("p", Html.Class("note"), $"{Counts(summary.WarmClaims, summary.ColdClaims)} in all. W from a pool (warm), C by a start of its own (cold); the agents with most claims."));
    }

    private static (string, IReadOnlyList<BandPart>) Row(string name, long warm, long cold, long greatest)
    {
        var title = $"{name}: {Counts(warm, cold)}";
        return (name, [new BandPart("warm", 0, (double)warm / greatest, title), new BandPart("cold", (double)warm / greatest, (double)(warm + cold) / greatest, title)]);
    }

    private static string Counts(long warm, long cold) => $"{Figures.Count(warm)} warm, {Figures.Count(cold)} cold";
}
