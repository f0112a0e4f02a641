using System.Xml.Linq;
using ContainerSandbox.Engine.Presenting;

namespace ContainerSandbox.Presentation.Tests;

/// <summary>A report's page, read back.</summary>
internal sealed class ReportPage(string text)
{
    private readonly XElement _root = XDocument.Parse(text).Root!;

    public string Text => text;

    public IEnumerable<XElement> Elements => _root.DescendantsAndSelf();

    public static ReportPage Of(ReportContent content) => new(ReportSamples.Write(content));

    public XElement Section(string id) => _root.Descendants("section").Single(section => section.Attribute("id")!.Value == id);

    public IReadOnlyList<IReadOnlyList<string>> Rows(string id) =>
        [.. Section(id).Descendants("tbody").Elements("tr").Select(row => row.Elements().Select(cell => cell.Value).ToList())];

    public string Tile(string name) => Section("summary").Descendants("dt").Single(term => term.Value == name).ElementsAfterSelf("dd").Single().Value;
}
