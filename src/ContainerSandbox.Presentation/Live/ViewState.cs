using ContainerSandbox.Engine.Presenting;

namespace ContainerSandbox.Presentation.Live;

/// <summary>How the user wants to see it.</summary>
internal sealed record ViewState
{
    private static readonly HealthStatus?[] Filters = [null, HealthStatus.Critical, HealthStatus.Warning, HealthStatus.Unknown, HealthStatus.Healthy];

    /// <summary>What the agents are sorted by.</summary>
    public SortColumn Sort { get; init; }

    /// <summary>The only health that is shown; null for all.</summary>
    public HealthStatus? Filter { get; init; }

    /// <summary>True when figures stand still.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>True when the user has seen enough.</summary>
    public bool IsOver { get; init; }

    /// <summary>What a key makes of it.</summary>
    public ViewState Press(ConsoleKeyInfo key) => (key.Key, char.ToLowerInvariant(key.KeyChar)) switch
    {
        (ConsoleKey.Escape, _) or (_, 'q') => this with { IsOver = true },
        (_, 's') => this with { Sort = (SortColumn)(((int)Sort + 1) % Enum.GetValues<SortColumn>().Length) },
        (_, 'f') => this with { Filter = Filters[(Array.IndexOf(Filters, Filter) + 1) % Filters.Length] },
        (_, ' ') => this with { IsFrozen = !IsFrozen },
        _ => this,
    };

    /// <summary>The agents that are shown, in their order.</summary>
    public IReadOnlyList<LiveAgent> Arrange(IReadOnlyList<LiveAgent> agents)
    {
        var shown = agents.Where(agent => Filter is null || agent.Environment.Health == Filter);
        var sorted = Sort switch
        {
            SortColumn.Health => shown.OrderBy(agent => Rank(agent.Environment.Health)),
            SortColumn.Memory => shown.OrderByDescending(agent => agent.Newest?.MemoryMean ?? -1),
            SortColumn.Cpu => shown.OrderByDescending(agent => agent.Newest?.CpuMean ?? -1),
            SortColumn.Processes => shown.OrderByDescending(agent => agent.Newest?.ProcessMean ?? -1),
            SortColumn.Specialization => shown.OrderBy(agent => agent.Environment.Specialization, StringComparer.OrdinalIgnoreCase),
            SortColumn.State => shown.OrderByDescending(agent => agent.Environment.State),
            SortColumn.Source => shown.OrderBy(agent => agent.Environment.StartupSource),
            _ => shown.OrderBy(_ => 0),
        };
        return [.. sorted.ThenBy(agent => agent.Environment.AgentId, StringComparer.OrdinalIgnoreCase)];
    }

    private static int Rank(HealthStatus health) => health switch
    {
        HealthStatus.Critical => 0,
        HealthStatus.Warning => 1,
        HealthStatus.Unknown => 2,
        _ => 3,
    };
}
