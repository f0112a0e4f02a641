using System.Text;
using ContainerSandbox.Presentation.Text;
using Spectre.Console;

namespace ContainerSandbox.Presentation.Live;

/// <summary>Makes a string of somebody else's fit into cells of a terminal.</summary>
internal static class CellText
{
    /// <summary>The string, visible and cut to a number of cells, 1 or more.</summary>
    public static string Cut(string text, int width)
    {
        var visible = VisibleText.Of(text);
        if (visible.GetCellWidth() <= width)
            return visible;
        var (cut, used) = (new StringBuilder(), 0);
        foreach (var rune in visible.EnumerateRunes())
        {
            used += rune.ToString().GetCellWidth();
            if (used >= width)
                break;
            cut.Append(rune.ToString());
        }

        return cut.Append('…').ToString();
    }
}
