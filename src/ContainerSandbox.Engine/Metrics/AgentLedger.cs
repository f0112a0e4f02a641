namespace ContainerSandbox.Engine.Metrics;

/// <summary>What is counted for one agent across its environments. Its holder sees to one writer at a time.</summary>
internal sealed class AgentLedger
{
    /// <summary>Grows from agent to agent, in the order in which they were first counted.</summary>
    public long Number { get; init; }

    /// <summary>Its place among the agents without an environment; null while it has one.</summary>
    public LinkedListNode<string>? Removed { get; set; }

    public AgentEnvironment? Newest { get; set; }

    /// <summary>When something was changed last to serve it better; null when nothing was.</summary>
    public DateTimeOffset? LastOptimized { get; set; }

    public ClaimLedger Claims { get; } = new();

    public CommandLedger Commands { get; } = new();

    /// <summary>What its environments use.</summary>
    public UseLedger Use { get; } = new();

    public long HealthChecks { get; set; }

    public long GoodHealthChecks { get; set; }

    /// <summary>Failures for a reason of the platform over all claims and commands; null before the first.</summary>
    public double? ErrorRate => Rate(Claims.Failed + Commands.Failed, Claims.Served + Claims.Failed + Commands.All);

    /// <summary>Part over whole; null when there is no whole.</summary>
    public static double? Rate(long part, long whole) => whole == 0 ? null : (double)part / whole;

    /// <summary>Mean of some times; null when there are none.</summary>
    public static TimeSpan? Mean(TimeSpan sum, long count) => count == 0 ? null : sum / count;
}
