using System.Globalization;
using System.Xml.Linq;
using ContainerSandbox.Presentation.Text;

namespace ContainerSandbox.Presentation.Charts;

/// <summary>A figure over time. A gap breaks the line.</summary>
internal static class LineChart
{
    /// <summary>The most points that are drawn.</summary>
    public const int MostPoints = 300;

    private const double Width = 480, Height = 150, Left = 64, Right = 8, Top = 10, Bottom = 24;

    /// <summary>Draws it.</summary>
    /// <param name="title">What it shows, also for those who do not see it.</param>
    /// <param name="points">The series in the order of its times.</param>
    /// <param name="limit">Drawn as a line of its own where it is not far above what was used.</param>
    /// <param name="name">Says a value for people.</param>
    public static XElement Draw(string title, IReadOnlyList<SeriesPoint> points, double? limit, Func<double?, string> name)
    {
        var stretches = Series.Split(Series.Thin(Series.MarkPauses(points), MostPoints));
        if (stretches.Count == 0)
            return Html.Element("p", Html.Class("none"), $"{title}: no figures");
        var peak = stretches.Max(stretch => stretch.Max(point => point.Value!.Value));
        var shown = limit <= peak * 3 ? limit : null;
        var highest = Math.Max(peak, shown ?? 0);
        var top = highest > 0 ? highest * 1.05 : 1;
        var (from, to) = (points[0].Time, points[^1].Time);
        var text = $"{title}: {name(stretches.Min(stretch => stretch.Min(point => point.Value!.Value)))} to {name(peak)}, at last {name(stretches[^1][^1].Value)}";

        double X(DateTimeOffset time) => Left + ((Width - Left - Right) * (to > from ? (time - from) / (to - from) : 0.5));
        double Y(double value) => Top + ((Height - Top - Bottom) * (1 - (value / top)));

        return Html.Element("figure", Html.Element("figcaption", text), Html.Element(
            "svg",
            new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {Height}")),
            new XAttribute("role", "img"),
            Html.Attribute("aria-label", text),
            Html.Element("title", text),
            (peak > 0 ? new[] { 0, 0.5, 1 } : [0]).Select(part => new[]
            {
                Line("grid", Left, Y(peak * part), Width - Right, Y(peak * part)),
                Text("axis end", Left - 6, Y(peak * part) + 4, name(peak * part)),
            }),
            Text("axis", Left, Height - 6, Figures.Time(from)[5..]),
            to > from ? Text("axis end", Width - Right, Height - 6, Figures.Time(to)[5..]) : null,
            shown is { } line ? new[] { Line("limit", Left, Y(line), Width - Right, Y(line)), Text("axis end", Width - Right, Y(line) + 12, $"limit {name(line)}") } : null,
            stretches.Select(stretch => stretch.Count == 1
                ? Html.Element("circle", Html.Class("dot"), Html.Attribute("cx", X(stretch[0].Time)), Html.Attribute("cy", Y(stretch[0].Value!.Value)), Html.Attribute("r", 2))
                : Html.Element("polyline", Html.Class("line"), new XAttribute("points", string.Join(' ', stretch.Select(point =>
                    string.Create(CultureInfo.InvariantCulture, $"{X(point.Time):0.#},{Y(point.Value!.Value):0.#}"))))))));
    }

    private static XElement Line(string kind, double x1, double y1, double x2, double y2) => Html.Element(
        "line", Html.Class(kind), Html.Attribute("x1", x1), Html.Attribute("y1", y1), Html.Attribute("x2", x2), Html.Attribute("y2", y2));

    private static XElement Text(string kind, double x, double y, string text) =>
        Html.Element("text", Html.Class(kind), Html.Attribute("x", x), Html.Attribute("y", y), text);
}
