using System.Xml.Linq;
using ContainerSandbox.Engine.Presenting;
using ContainerSandbox.Presentation.Text;

namespace ContainerSandbox.Presentation.Sections;

/// <summary>The sandbox in a few figures.</summary>
internal static class SummarySection
{
    public static XElement Make(ReportContent content)
    {
        var (sandbox, summary, monitor) = (content.Sandbox, content.Summary, content.Monitor);
        return Html.Section(
            "summary",
            "Summary",
            Html.Element(
                "dl",
                Html.Class("tiles"),
                Tile("State", sandbox.State.ToString()),
                Tile("Environments", Figures.Count(summary.Environments)),
                Tile("Containers ready", $"{Figures.Count(sandbox.Ready)} of {Figures.Count(sandbox.WarmupContainers)}"),
                Tile("Claims", Figures.Count(summary.Claims)),
                Tile("From a pool", Figures.Share(summary.HitRate)),
                Tile("Start-up, warm", Figures.Duration(summary.AverageWarmStartupTime)),
                Tile("Start-up, cold", Figures.Duration(summary.AverageColdStartupTime)),
                Tile("Commands", Figures.Count(summary.Commands)),
                Tile("Error rate", Figures.Share(summary.ErrorRate)),
                Tile("Engine", $"{sandbox.Engine.Product} {sandbox.Engine.Version}"),
                Tile("Image", sandbox.Image),
                Tile("Monitor", monitor is null ? "never started" : $"{monitor.State}, every {Figures.Duration(monitor.Interval)}"),
                sandbox.Weakenings.Length > 0 ? Tile("Weakenings", sandbox.Weakenings) : null));
    }

    private static XElement Tile(string name, string value) => Html.Element("div", Html.Element("dt", name), Html.Element("dd", value));
}
