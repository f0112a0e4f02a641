using System.Globalization;
using ContainerSandbox.Engine.Presenting;
using ContainerSandbox.Presentation.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ContainerSandbox.Presentation.Live;

/// <summary>Makes the whole screen of what is known and of how the user wants to see it.</summary>
internal static class LiveScreen
{
    public static IRenderable Make(LiveContent content, ViewState state, ScreenSize size, bool isUnicode)
    {
        var header = Parts.Lay(Header(content, state), size.Width);
        var footer = Parts.Lay(Footer(state), size.Width);
        var agents = state.Arrange(content.Agents);
        // Beside the two there is the table's heading. The events get what the agents leave, and a third where those leave nothing.
        var room = Math.Max(0, size.Height - header.Count - footer.Count - 1);
        var events = Math.Min(content.Events.Count, Math.Max(room / 3, room - agents.Count) - 1);
        var rows = Math.Max(0, room - (events > 0 ? events + 1 : 0));
        var shown = agents.Count > rows ? Math.Max(0, rows - 1) : agents.Count;
        return new Rows(
        [
            .. header,
            AgentTable.Make(content, [.. agents.Take(shown)], state.Sort, size.Width, isUnicode),
            .. shown < agents.Count && rows > 0 ? [Line(string.Create(CultureInfo.InvariantCulture, $"{agents.Count - shown} more"), size)] : Array.Empty<IRenderable>(),
            .. events > 0 ? content.Events.Take(events).Select(happened => Line(Describe(happened), size)).Prepend(Line("Newest events", size, Looks.Heading)) : [],
            .. footer,
        ]);
    }

    private static IEnumerable<(string, Style)> Header(LiveContent content, ViewState state)
    {
        var sandbox = content.Sandbox;
        yield return ($"Sandbox {sandbox.Name}", Looks.Heading);
        yield return (sandbox.State.ToString(), Looks.Of(sandbox.State));
        yield return ($"{Time(content.CreatedAt)} UTC", Looks.Plain);
        if (state.IsFrozen)
            yield return ("frozen", Looks.Heading);
        yield return content.Monitor is { } monitor
            ? ($"monitor {monitor.State}, every {Figures.Duration(monitor.Interval)}", Looks.Of(monitor.State))
            : ("no monitor: sampled from here", Looks.Doubtful);
        yield return ($"agents {Figures.Count(content.Agents.Count)}", Looks.Plain);
        yield return ($"ready {Figures.Count(sandbox.Ready)}/{Figures.Count(sandbox.WarmupContainers)}", Looks.Plain);
        yield return ($"hit rate {Figures.Share(content.HitRate)}", Looks.Plain);
        if (content.DegradedPools.Length > 0)
            yield return ($"degraded pools: {content.DegradedPools}", Looks.Doubtful);
        if (content.Problem.Length > 0)
            yield return ($"no samples: {content.Problem}", Looks.Bad);
    }

    private static IEnumerable<(string, Style)> Footer(ViewState state) =>
    [
        ($"s sort: {state.Sort}", Looks.Plain),
        ($"f health: {state.Filter?.ToString() ?? "all"}", Looks.Plain),
        ($"space {(state.IsFrozen ? "go on" : "freeze")}", Looks.Plain),
        ("q quit", Looks.Plain),
    ];

    private static string Describe(SandboxEvent happened) =>
        $"{Time(happened.Timestamp)} {happened.Kind}{(happened.AgentId.Length > 0 ? " " + happened.AgentId : "")}: {happened.Cause}";

    private static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static Spectre.Console.Text Line(string text, ScreenSize size, Style? style = null) => new Spectre.Console.Text(CellText.Cut(text, size.Width), style);
}
