using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Health;

/// <summary>What was seen of an environment at one moment: all that checks judge by.</summary>
internal sealed record HealthView
{
    /// <summary>From when on something is not well.</summary>
    public HealthThresholds Thresholds { get; init; } = new();

    /// <summary>What was thought before.</summary>
    public required FigureHistory History { get; init; }

    /// <summary>Whether the container runs and answers.</summary>
    public required HealthFinding Container { get; init; }

    /// <summary>What the container may use.</summary>
    public required ResourceLimits Limits { get; init; }

    /// <summary>What it uses; null where nobody looked, since it is lost.</summary>
    public ResourceSample? Sample { get; init; }

    /// <summary>Its file systems, as far as they could be seen.</summary>
    public IReadOnlyList<SpaceUse> Space { get; init; } = [];

    /// <summary>What is wrong with the size of its folder; null when nothing is.</summary>
    public string? WorkspaceTrouble { get; init; }

    /// <summary>Processes that were ended since the last check because the memory was used up.</summary>
    public long OutOfMemorySinceLast { get; init; }

    /// <summary>How often that happened within the last minute.</summary>
    public int OutOfMemoryLately { get; init; }

    /// <summary>The commands of the last minutes.</summary>
    public CommandCounts Commands { get; init; }

    /// <summary>Environments that the agent lost within the last hour.</summary>
    public int Losses { get; init; }

    /// <summary>Why the engine does not answer; empty when it does.</summary>
    public string EngineTrouble { get; init; } = "";

    /// <summary>Why its pool cannot be filled; empty when it can.</summary>
    public string PoolTrouble { get; init; } = "";

    /// <summary>What came of a connection that was to be tried; null when none was.</summary>
    public HealthFinding? Connection { get; init; }

    /// <summary>Judges a figure; a finding unless it is well.</summary>
    /// <param name="figure">The name under which it is remembered.</param>
    /// <param name="value">Its value.</param>
    /// <param name="threshold">From when on it is not well.</param>
    /// <param name="what">Says what was seen.</param>
    /// <param name="next">What to do next.</param>
    public IEnumerable<HealthFinding> Judge(string figure, double value, HealthThreshold threshold, Func<string> what, string next)
    {
        var verdict = History.Judge(figure, value, threshold);
        if (verdict > HealthStatus.Healthy)
            yield return new HealthFinding(verdict, $"{what()} ({threshold.Describe(verdict)}): {next}");
    }
}
