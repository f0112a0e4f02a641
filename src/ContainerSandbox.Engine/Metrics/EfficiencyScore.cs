namespace ContainerSandbox.Engine.Metrics;

/// <summary>
/// How well an agent uses what is reserved for it, from 0 to 1: the mean of two parts, the largest share of its memory limit and the mean share of its
/// processor limit that it used, each full from <see cref="FullUse"/> on, times what three penalties leave of it: for throttling (1 minus the share of
/// throttled periods), for used-up memory (1 minus processes ended for it, by claim and command) and for errors (1 minus the error rate). More use never
/// lowers it, and more throttling, used-up memory or errors never raise it.
/// </summary>
internal sealed record EfficiencyScore
{
    /// <summary>Whoever uses that share needs what is left as room.</summary>
    public const double FullUse = 0.6;

    private const int LeastSamples = 5;
    private static readonly TimeSpan LeastSpan = TimeSpan.FromSeconds(30);

    /// <summary>Use of memory, 0 to 1.</summary>
    public required double Memory { get; init; }

    /// <summary>Use of the processor, 0 to 1.</summary>
    public required double Cpu { get; init; }

    /// <summary>What throttling leaves, 0 to 1.</summary>
    public required double Throttling { get; init; }

    /// <summary>What used-up memory leaves, 0 to 1.</summary>
    public required double OutOfMemory { get; init; }

    /// <summary>What errors leave, 0 to 1.</summary>
    public required double Errors { get; init; }

    /// <summary>The score.</summary>
    public double Value => (Memory + Cpu) / 2 * Throttling * OutOfMemory * Errors;

    /// <summary>The score of an agent; null as long as it was not watched enough to mean anything: 5 samples over 30 s.</summary>
    public static EfficiencyScore? Of(AgentLedger agent)
    {
        var use = agent.Use;
        if (use.Samples < LeastSamples || use.Span < LeastSpan || use.AverageCpuShare is not { } cpu)
            return null;
        var work = Math.Max(1, agent.Claims.Served + agent.Commands.All);
        var killed = Math.Max(use.OomKills, agent.Commands.OutOfMemory);
        return new EfficiencyScore
        {
            Memory = Share(use.PeakMemoryShare / FullUse),
            Cpu = Share(cpu / FullUse),
            Throttling = 1 - Share((use.AverageThrottled ?? 0) / 100),
            OutOfMemory = 1 - Share((double)killed / work),
            Errors = 1 - Share(agent.ErrorRate ?? 0),
        };
    }

    private static double Share(double value) => Math.Clamp(value, 0, 1);
}
