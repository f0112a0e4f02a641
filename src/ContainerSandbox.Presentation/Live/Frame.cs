using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ContainerSandbox.Presentation.Live;

/// <summary>Makes what a terminal is sent.</summary>
internal static class Frame
{
    /// <summary>To the alternate screen, without cursor and without wrapping.</summary>
    public const string Enter = "\u001b[?1049h\u001b[?25l\u001b[?7l";

    /// <summary>Back to where the terminal was.</summary>
    public const string Leave = "\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l";

    private const string Home = "\u001b[H";
    private const string ClearLine = "\u001b[2K";
    private const string ClearBelow = "\r\n\u001b[J";

    /// <summary>A whole screen, sent at once and over the last one, so that nothing flickers. What is below its height is left out.</summary>
    public static string Draw(IRenderable screen, ScreenSize size, bool hasColor)
    {
        var lines = Lines(screen, size.Width, hasColor);
        var frame = new StringBuilder(Home);
        // A line is cleared before it is written: behind a full line the cursor still stands on its last cell.
        frame.AppendJoin("\r\n", lines.Take(size.Height).Select(line => ClearLine + line));
        return lines.Count < size.Height ? frame.Append(ClearBelow).ToString() : frame.ToString();
    }

    /// <summary>The lines of a screen, with the sequences that style them.</summary>
    public static IReadOnlyList<string> Lines(IRenderable screen, int width, bool hasColor)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = hasColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        console.Write(screen);
        return writer.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }
}
