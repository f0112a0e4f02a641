using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ContainerSandbox.Engine.Presenting;
using ContainerSandbox.Presentation.Sections;
using ContainerSandbox.Presentation.Text;

namespace ContainerSandbox.Presentation;

/// <summary>
/// Makes a report that is one HTML page, well formed as XML too. It holds no script and refers to nothing outside; its policy forbids both,
/// and any style but its own.
/// </summary>
public sealed class HtmlReportWriter : IReportWriter
{
    private static readonly string Style = ReadStyle();

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'";

    // In the order of the page.
    private static readonly Func<ReportContent, XElement?>[] Parts =
    [
        SummarySection.Make, RecommendationSection.Make, EnvironmentSection.Make, HealthSection.Make, UseSection.Make, ClaimSection.Make, PoolSection.Make,
        MetricSection.Make, TrendSection.Make, EventSection.Make,
    ];

    /// <inheritdoc />
    public void Write(ReportContent content, TextWriter writer)
    {
        writer.Write("<!DOCTYPE html>\n");
        using var xml = XmlWriter.Create(writer, new XmlWriterSettings { OmitXmlDeclaration = true, NewLineChars = "\n", CloseOutput = false });
        MakePage(content).WriteTo(xml);
    }

    private static XElement MakePage(ReportContent content)
    {
        var title = $"Sandbox {content.Sandbox.Name}";
        return Html.Element(
            "html",
            new XAttribute("lang", "en"),
            Html.Element(
                "head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("http-equiv", "Content-Security-Policy"), new XAttribute("content", Policy)),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("meta", new XAttribute("name", "color-scheme"), new XAttribute("content", "light dark")),
                Html.Element("title", title),
                new XElement("style", Style)),
            Html.Element(
                "body",
                Html.Element(
                    "header",
                    Html.Element("h1", title),
                    Html.Element("p", $"{Figures.Time(content.CreatedAt)} UTC; history and events from {Figures.Time(content.From)} on. All times are UTC.")),
                Html.Element("main", Parts.Select(part => part(content)))));
    }

    private static string ReadStyle()
    {
        using var stream = typeof(HtmlReportWriter).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
