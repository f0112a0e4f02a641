using System.Xml.Linq;
using ContainerSandbox.Engine.Presenting;
using ContainerSandbox.Presentation.Charts;
using ContainerSandbox.Presentation.Text;

namespace ContainerSandbox.Presentation.Sections;

/// <summary>The health of each environment over time, from the events of its changes.</summary>
internal static class HealthSection
{
    public static XElement? Make(ReportContent content)
    {
        var shown = content.Agents.Select(agent => agent.AgentId).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var environments = content.Environments.Where(environment => shown.Contains(environment.AgentId)).ToList();
        if (environments.Count == 0)
            return null;
        var changes = content.Events.ToLookup(happened => happened.EnvironmentId);
        // From the oldest claim on, where that is later than what is shown: agents of a minute are not to vanish in a day.
        var oldest = environments.Min(environment => environment.CreatedAt);
        var shownFrom = oldest > content.From && oldest < content.CreatedAt ? oldest : content.From;
        var span = new ChartTime(shownFrom, content.CreatedAt);
        var rows = environments
            .Select(environment => (environment.AgentId, (IReadOnlyList<BandPart>)Parts(span, environment, changes[environment.EnvironmentId]))).ToList();
        return Html.Section(
            "health",
            "Health over time",
            Html.Element("div", Html.Class("wide"), BandChart.Draw("Health of each environment over time", rows)),
            Html.Element("p", Html.Class("note"), $"{Figures.Time(span.From)} to {Figures.Time(span.To)}. H Healthy, W Warning, C Critical, U Unknown."));
    }

    private static List<BandPart> Parts(ChartTime span, AgentEnvironment environment, IEnumerable<SandboxEvent> events)
    {
        var changes = events.Select(happened => (happened.Timestamp, Change: HealthChange.Read(happened))).Where(each => each.Change is not null).ToList();
        var parts = new List<BandPart>();
        var from = environment.CreatedAt > span.From ? environment.CreatedAt : span.From;
        var status = changes.Count > 0 ? changes[0].Change!.From : environment.Health;
        var why = "";
        foreach (var (timestamp, change) in changes)
        {
            parts.Add(Part(span, status, from, timestamp, why));
            (from, status, why) = (timestamp, change!.To, change.Reasons);
        }

        parts.Add(Part(span, status, from, span.To, why));
        return parts;
    }

    private static BandPart Part(ChartTime span, HealthStatus status, DateTimeOffset from, DateTimeOffset to, string why) => new(
        status.ToString().ToLowerInvariant(),
        span.Share(from),
        span.Share(to),
        $"{status} from {Figures.Time(from)} to {Figures.Time(to)}{(why.Length > 0 ? ": " + why : "")}");
}
