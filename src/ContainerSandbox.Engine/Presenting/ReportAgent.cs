namespace ContainerSandbox.Engine.Presenting;

/// <summary>What a report shows of one agent in full.</summary>
public sealed record ReportAgent
{
    /// <summary>The agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>What it used, the oldest first, across its environments.</summary>
    public required IReadOnlyList<ResourceHistoryPoint> Points { get; init; }

    /// <summary>Where that goes, figure by figure.</summary>
    public required IReadOnlyList<ResourceTrend> Trends { get; init; }
}
