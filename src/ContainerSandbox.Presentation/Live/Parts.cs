using Spectre.Console;
using Spectre.Console.Rendering;

namespace ContainerSandbox.Presentation.Live;

/// <summary>Short texts one behind the other, on as many lines as that takes.</summary>
internal static class Parts
{
    private const string Between = "  ";

    /// <summary>The lines. No text is broken; one that is longer than a line is cut.</summary>
    public static IReadOnlyList<IRenderable> Lay(IEnumerable<(string Text, Style Style)> parts, int width)
    {
        var lines = new List<IRenderable>();
        var (line, used) = (new Paragraph(), 0);
        foreach (var (text, style) in parts)
        {
            var part = CellText.Cut(text, width);
            var length = part.GetCellWidth();
            if (used > 0 && used + Between.Length + length > width)
            {
                lines.Add(line);
                (line, used) = (new Paragraph(), 0);
            }

            if (used > 0)
                line.Append(Between);
            line.Append(part, style);
            used += length + (used > 0 ? Between.Length : 0);
        }

        lines.Add(line);
        return lines;
    }
}
