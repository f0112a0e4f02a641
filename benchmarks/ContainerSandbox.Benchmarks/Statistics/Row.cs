namespace ContainerSandbox.Benchmarks.Statistics;

/// <summary>One line of the results: what was measured, with what it was compared, and whether the bar was met.</summary>
internal sealed record Row
{
    public required string Name { get; init; }

    public required string Unit { get; init; }

    public required Distribution Ours { get; init; }

    /// <summary>What the other side is; empty when there is none.</summary>
    public string OtherName { get; init; } = "";

    public Distribution? Other { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>What a reader must know to judge the figures.</summary>
    public string Remark { get; init; } = "";
}
