using System.Globalization;
using System.Xml.Linq;

namespace ContainerSandbox.Presentation.Text;

/// <summary>Makes elements. Strings given as content are never markup: they are made visible here and escaped when they are written.</summary>
internal static class Html
{
    /// <summary>An element; content may hold elements, attributes, strings, and sequences of these.</summary>
    public static XElement Element(string name, params object?[] content)
    {
        var element = new XElement(name, content.Select(Safe));
        // Without content it would be written closed at once, which a browser reads as opened.
        if (element.IsEmpty)
            element.Add("");
        return element;
    }

    /// <summary>An attribute.</summary>
    public static XAttribute Attribute(string name, string value) => new(name, VisibleText.Of(value));

    /// <summary>An attribute with a number, to two decimals.</summary>
    public static XAttribute Attribute(string name, double value) => new(name, value.ToString("0.##", CultureInfo.InvariantCulture));

    /// <summary>A class.</summary>
    public static XAttribute Class(string name) => new("class", name);

    /// <summary>A part of the page with a heading.</summary>
    public static XElement Section(string id, string title, params object?[] content) =>
        Element("section", new XAttribute("id", id), Element("h2", title), content);

    /// <summary>A table that scrolls by itself where the page is narrow.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="columns">Headings; one that ends with # has numbers below it.</param>
    /// <param name="rows">The cells of each row, the first of which is its heading.</param>
    public static XElement Table(string caption, string[] columns, IEnumerable<object[]> rows) =>
        Element("div", Class("scroll"), new XAttribute("tabindex", "0"), new XAttribute("role", "region"), Attribute("aria-label", caption), Element(
            "table",
            Element("caption", caption),
            Element("thead", Element("tr", columns.Select(column => Element("th", new XAttribute("scope", "col"), Numeric(column), column.TrimEnd('#'))))),
            Element("tbody", rows.Select(row => Element("tr", row.Select((cell, index) => index == 0
                ? Element("th", new XAttribute("scope", "row"), cell)
                : Element("td", Numeric(columns[index]), cell)))))));

    private static XAttribute? Numeric(string column) => column.EndsWith('#') ? Class("number") : null;

    private static object? Safe(object? content) => content switch
    {
        string text => VisibleText.Of(text),
        IEnumerable<object?> several => several.Select(Safe),
        _ => content,
    };
}
