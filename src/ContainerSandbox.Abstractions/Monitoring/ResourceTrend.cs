namespace ContainerSandbox;

/// <summary>Where one figure of an environment's use goes. What cannot be said from fewer than ten points is null.</summary>
public sealed record ResourceTrend
{
    /// <summary>The agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>The sandbox.</summary>
    public required string SandboxId { get; init; }

    /// <summary>The environment.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>The figure.</summary>
    public required ResourceFigure Figure { get; init; }

    /// <summary>Its unit: bytes, percent, processes, or bytes per second.</summary>
    public required string Unit { get; init; }

    /// <summary>Where it goes.</summary>
    public TrendDirection? Direction { get; init; }

    /// <summary>How high it is at the end, by what was fitted.</summary>
    public double? Level { get; init; }

    /// <summary>How much it grows in an hour; less than zero where it shrinks. A shift does not count.</summary>
    public double? SlopePerHour { get; init; }

    /// <summary>The least that <see cref="SlopePerHour"/> is, with 95 % confidence.</summary>
    public double? SlopePerHourLow { get; init; }

    /// <summary>The most that <see cref="SlopePerHour"/> is, with 95 % confidence.</summary>
    public double? SlopePerHourHigh { get; init; }

    /// <summary>By how much the level changed at once; less than zero where it fell; null where it did not.</summary>
    public double? LevelShift { get; init; }

    /// <summary>The first time at the new level; null where there was no shift.</summary>
    public DateTimeOffset? LevelShiftAt { get; init; }

    /// <summary>How high it may be; null where that is not limited.</summary>
    public double? Limit { get; init; }

    /// <summary>How long until the limit is reached if it goes on so; null where it is not, or not within a year.</summary>
    public TimeSpan? TimeToLimit { get; init; }

    /// <summary>The same with the steepest slope of the confidence.</summary>
    public TimeSpan? TimeToLimitEarliest { get; init; }

    /// <summary>The same with the flattest slope of the confidence; null where it may never be reached.</summary>
    public TimeSpan? TimeToLimitLatest { get; init; }

    /// <summary>Samples that stand behind it.</summary>
    public required int Samples { get; init; }

    /// <summary>The first point that was used.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The last point that was used.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The resolution of the points; zero for single samples.</summary>
    public required TimeSpan Resolution { get; init; }
}
