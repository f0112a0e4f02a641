namespace ContainerSandbox;

/// <summary>Which part of a history is wanted. What is null does not narrow it.</summary>
public sealed record HistoryRequest
{
    /// <summary>One environment of the agent; null takes all that are remembered.</summary>
    public string? EnvironmentId { get; init; }

    /// <summary>How far back from now, by time that passed, whatever was done to the clock.</summary>
    public TimeSpan? Last { get; init; }

    /// <summary>From when on, by the times that the points show.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>So many of the newest points, 1 or more.</summary>
    public int? Newest { get; init; }

    /// <summary>How finely; null takes the finest that still has all that is asked for.</summary>
    public HistoryResolution? Resolution { get; init; }
}
