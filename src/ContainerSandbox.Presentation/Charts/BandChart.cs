using System.Globalization;
using System.Xml.Linq;
using ContainerSandbox.Presentation.Text;

namespace ContainerSandbox.Presentation.Charts;

/// <summary>Rows of coloured bands, each with a title and a letter, so that nothing hangs on the colour.</summary>
internal static class BandChart
{
    private const double Width = 640, Row = 24, Left = 150, LetterRoom = 12;
    private const int LongestName = 20;

    /// <summary>Draws it.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="rows">The name and the parts of each row.</param>
    public static XElement Draw(string title, IReadOnlyList<(string Name, IReadOnlyList<BandPart> Parts)> rows) => Html.Element(
        "svg",
        new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {Row * rows.Count}")),
        new XAttribute("role", "img"),
        Html.Attribute("aria-label", title),
        Html.Element("title", title),
        rows.Select((row, index) => Html.Element(
            "g",
            Html.Element("text", Html.Class("axis end"), Html.Attribute("x", Left - 6), Html.Attribute("y", (index * Row) + 16), Short(row.Name)),
            row.Parts.Where(part => part.To > part.From).Select(part => Band(part, index * Row)))));

    private static XElement Band(BandPart part, double y)
    {
        var (x, width) = (Left + ((Width - Left) * part.From), (Width - Left) * (part.To - part.From));
        return Html.Element(
            "g",
            Html.Element("title", part.Title),
            Html.Element(
                "rect", Html.Class("band " + part.Kind), Html.Attribute("x", x), Html.Attribute("y", y + 3), Html.Attribute("width", width), Html.Attribute("height", Row - 6)),
            width < LetterRoom ? null : Html.Element("text", Html.Class("letter"), Html.Attribute("x", x + 4), Html.Attribute("y", y + 16), part.Kind[..1].ToUpperInvariant()));
    }

    private static string Short(string name)
    {
        var visible = VisibleText.Of(name);
        return visible.Length <= LongestName ? visible : visible[..(LongestName - 1)] + "…";
    }
}
