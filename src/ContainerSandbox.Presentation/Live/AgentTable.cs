using ContainerSandbox.Engine.Presenting;
using ContainerSandbox.Presentation.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ContainerSandbox.Presentation.Live;

/// <summary>The table of agents, with as many columns as fit.</summary>
internal static class AgentTable
{
    private const int WideScreen = 110;
    private const int WidestName = 64;

    /// <param name="content">What is known.</param>
    /// <param name="agents">The agents in their order, no more than fit.</param>
    /// <param name="sort">What they are sorted by.</param>
    /// <param name="width">The width of the screen.</param>
    /// <param name="isUnicode">False for ASCII alone.</param>
    public static IRenderable Make(LiveContent content, IReadOnlyList<LiveAgent> agents, SortColumn sort, int width, bool isUnicode)
    {
        var columns = Fit(Columns(content, width >= WideScreen ? SandboxLiveView.MostSteps : SandboxLiveView.MostSteps / 2, isUnicode), width);
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var column in columns)
        {
            var title = CellText.Cut(column.Sort == sort ? column.Title + (isUnicode ? "▼" : "*") : column.Title, column.Width);
            table.AddColumn(new TableColumn(new Spectre.Console.Text(title, Looks.Heading))
            {
                Width = column.Width, NoWrap = true, Alignment = column.IsNumber ? Justify.Right : Justify.Left, Padding = new Padding(0, 0, column == columns[^1] ? 0 : 1, 0),
            });
        }

        foreach (var agent in agents)
            table.AddRow(columns.Select(column => new Spectre.Console.Text(CellText.Cut(column.Text(agent), column.Width), column.Look?.Invoke(agent))));
        return table;
    }

    // Those that matter most come first; the first takes what is left.
    private static AgentColumn[] Columns(LiveContent content, int places, bool isUnicode) =>
    [
        new("Agent", SortColumn.Agent, 12, false, agent => agent.Environment.AgentId),
        new("Health", SortColumn.Health, 8, false, agent => agent.Environment.Health.ToString(), agent => Looks.Of(agent.Environment.Health)),
        new("Memory", SortColumn.Memory, 9, true, agent => Figures.Bytes(agent.Newest?.MemoryMean)),
        new("CPU", SortColumn.Cpu, 8, true, agent => Figures.Percent(agent.Newest?.CpuMean)),
        new("Memory", null, places, false, agent => Sparkline.Draw(
            agent.Recent, point => point.MemoryMaximum, agent.Environment.MemoryLimit, content.CreatedAt, content.Step, places, isUnicode)),
        new("CPU", null, places, false, agent => Sparkline.Draw(
            agent.Recent, point => point.CpuMean, agent.Environment.CpuLimit * 100, content.CreatedAt, content.Step, places, isUnicode)),
        new("State", SortColumn.State, 8, false, agent => agent.Environment.State.ToString(), agent => Looks.Of(agent.Environment.State)),
        new("Procs", SortColumn.Processes, 6, true, agent => Figures.Count(agent.Newest?.ProcessMean)),
        new("Source", SortColumn.Source, 8, false, agent => agent.Environment.StartupSource.ToString()),
        new("Specialization", SortColumn.Specialization, 15, false, agent => agent.Environment.Specialization),
    ];

    private static IReadOnlyList<AgentColumn> Fit(AgentColumn[] columns, int width)
    {
        var left = width - Math.Min(width, columns[0].Width);
        var fitting = columns.Skip(1).TakeWhile(column => (left -= column.Width + 1) >= 0).ToList();
        var others = fitting.Sum(column => column.Width + 1);
        return [columns[0] with { Width = Math.Clamp(width - others, 1, WidestName) }, .. fitting];
    }
}
