using System.Xml.Linq;
using ContainerSandbox.Engine.Presenting;
using ContainerSandbox.Presentation.Text;

namespace ContainerSandbox.Presentation.Sections;

/// <summary>The environments, each with its health and why it is so.</summary>
internal static class EnvironmentSection
{
    private const int Most = 1000;

    private static readonly string[] Columns = ["Agent", "Health", "Why", "State", "Specialization", "Source", "Memory limit#", "CPU limit#", "Claimed"];

    public static XElement Make(ReportContent content)
    {
        var changes = content.Events.Where(happened => happened.Kind == SandboxEventKind.HealthChanged).ToLookup(happened => happened.EnvironmentId);
        var worstFirst = content.Environments.OrderBy(environment => Rank(environment.Health)).ToList();
        return Html.Section(
            "environments",
            "Environments",
            worstFirst.Count == 0 ? Html.Element("p", Html.Class("none"), "No agent has an environment.") : Html.Table(
                "Environments, those that need attention first",
                Columns,
                worstFirst.Take(Most).Select(environment => new object[]
                {
                    environment.AgentId,
                    Html.Element("span", Html.Class($"status {environment.Health}"), environment.Health.ToString()),
                    Why(environment, changes[environment.EnvironmentId].LastOrDefault()),
                    environment.State.ToString(),
                    environment.Specialization,
                    environment.MissReason == MissReason.None ? environment.StartupSource.ToString() : $"{environment.StartupSource} ({environment.MissReason})",
                    Figures.Bytes(environment.MemoryLimit),
                    Figures.Count(environment.CpuLimit),
                    Html.Element("span", Html.Class("nowrap"), Figures.Time(environment.CreatedAt)),
                })),
            worstFirst.Count > Most ? Html.Element("p", Html.Class("note"), $"{worstFirst.Count - Most} more are not shown.") : null);
    }

    private static string Why(AgentEnvironment environment, SandboxEvent? change)
    {
        if (environment.StateReason.Length > 0)
            return environment.StateReason;
        if (change is not null && HealthChange.Read(change) is { } read && read.To == environment.Health)
            return read.Reasons;
        return environment.Health == HealthStatus.Healthy ? "nothing to report since it was claimed" : "it became so before the time that this report shows";
    }

    private static int Rank(HealthStatus health) => health switch
    {
        HealthStatus.Critical => 0,
        HealthStatus.Warning => 1,
        HealthStatus.Unknown => 2,
        _ => 3,
    };
}
