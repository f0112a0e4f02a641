namespace ContainerSandbox.Engine.Health;

/// <summary>When what is seen of an environment is a warning, and when it is critical. docs/monitoring.md has this table for people.</summary>
internal sealed record HealthThresholds
{
    /// <summary>Memory in use, in percent of the limit.</summary>
    public HealthThreshold Memory { get; init; } = new(85, 95, 5);

    /// <summary>Time in which some process waited for memory, in percent.</summary>
    public HealthThreshold MemoryPressure { get; init; } = new(10, 50, 5, IsNoisy: true);

    /// <summary>Processes that the kernel ended within a minute because the memory was used up.</summary>
    public HealthThreshold OutOfMemory { get; init; } = new(1, 5, Unit: " in a minute");

    /// <summary>Scheduler periods that ended with processes standing still, in percent. Whoever computes all the time is slow and works.</summary>
    public HealthThreshold Throttled { get; init; } = new(50, null, 10, IsNoisy: true);

    /// <summary>Processes and threads, in percent of the limit.</summary>
    public HealthThreshold Processes { get; init; } = new(80, 95, 5);

    /// <summary>Space of a file system in use, in percent.</summary>
    public HealthThreshold Space { get; init; } = new(85, 98, 5);

    /// <summary>Files of a file system, in percent of those that it can hold.</summary>
    public HealthThreshold Files { get; init; } = new(85, 98, 5);

    /// <summary>Environments that the agent lost within an hour.</summary>
    public HealthThreshold Losses { get; init; } = new(1, 5, Unit: " in an hour");

    /// <summary>Commands of the last five minutes that ended without a result or out of memory, in percent.</summary>
    public HealthThreshold Errors { get; init; } = new(10, 50, 5);

    /// <summary>Commands of the last five minutes that their timeout ended, in percent.</summary>
    public HealthThreshold Timeouts { get; init; } = new(20, 60, 5);

    /// <summary>Fewer commands than that say nothing about a rate.</summary>
    public int LeastCommands { get; init; } = 5;

    /// <summary>From here on an answer of a session is slow.</summary>
    public TimeSpan SlowAnswer { get; init; } = TimeSpan.FromMilliseconds(500);
}
