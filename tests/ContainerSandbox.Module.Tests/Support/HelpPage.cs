using System.Text.RegularExpressions;

namespace ContainerSandbox.Module.Tests.Support;

/// <summary>A page of docs/cmdlets, taken apart.</summary>
internal sealed partial class HelpPage
{
    private readonly string[] _lines;

    private HelpPage(string text)
    {
        Text = text;
        _lines = text.Split('\n');
    }

    public string Text { get; }

    /// <summary>The keys of the front matter.</summary>
    public IEnumerable<string> Metadata => _lines.Skip(1).TakeWhile(line => line != "---").Select(line => line.Split(':')[0]);

    public string Title => _lines.Single(line => line.StartsWith("title: ", StringComparison.Ordinal))["title: ".Length..];

    public static string Folder => Path.Combine(Repository.Root, "docs", "cmdlets");

    public static HelpPage Read(string name) => new(File.ReadAllText(Path.Combine(Folder, name + ".md")));

    /// <summary>The headings of a level below a section, or of the page.</summary>
    public IReadOnlyList<string> Headings(int level, string? section = null)
    {
        var mark = new string('#', level) + " ";
        return [.. Prose(section).Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => line[mark.Length..])];
    }

    /// <summary>What stands below a heading, up to the next one of its level or above.</summary>
    public string Below(string heading)
    {
        var level = heading.TakeWhile(character => character == '#').Count();
        var body = _lines.SkipWhile(line => line != heading).Skip(1);
        return string.Join('\n', TakeUntilHeading(body, level)).Trim();
    }

    /// <summary>The fenced block of a parameter, as it must be written.</summary>
    public string Yaml(string parameter) => Fence().Match(Below($"### -{parameter}")).Groups[1].Value;

    private IEnumerable<string> Prose(string? section)
    {
        var lines = section is null ? _lines : Below($"## {section}").Split('\n');
        var fenced = false;
        foreach (var line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                fenced = !fenced;
            else if (!fenced)
                yield return line;
        }
    }

    private static IEnumerable<string> TakeUntilHeading(IEnumerable<string> lines, int level)
    {
        var fenced = false;
        foreach (var line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                fenced = !fenced;
            if (!fenced && Heading().Match(line) is { Success: true } heading && heading.Groups[1].Length <= level)
                yield break;
            yield return line;
        }
    }

    [GeneratedRegex("^(#+) ")]
    private static partial Regex Heading();

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
