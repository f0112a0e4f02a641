namespace ContainerSandbox;

/// <summary>What <c>Set-SandboxPool</c> was asked for. What is null stays.</summary>
public sealed record PoolChange
{
    /// <summary>Containers that the pool keeps ready; 0 or more.</summary>
    public int? WarmupContainers { get; init; }

    /// <summary>Memory limit of an environment in bytes.</summary>
    public long? Memory { get; init; }

    /// <summary>Processor limit of an environment in cores.</summary>
    public double? Cpu { get; init; }

    /// <summary>Limit of processes in an environment.</summary>
    public int? PidsLimit { get; init; }
}
