namespace ContainerSandbox;

/// <summary>What a monitor may change by itself. In a sandbox without optimization it changes nothing.</summary>
public sealed record MonitorOptions
{
    /// <summary>True: limits of environments too, not only pools and images.</summary>
    public bool AutoOptimize { get; init; }

    /// <summary>Containers that a pool may be made to keep ready; null takes four for each core of the engine, or 16.</summary>
    public int? MaximumWarmupContainers { get; init; }
}
