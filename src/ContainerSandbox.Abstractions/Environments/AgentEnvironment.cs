namespace ContainerSandbox;

/// <summary>An agent's own container as it was when this was emitted: a snapshot that carries ids, never live objects.</summary>
public sealed record AgentEnvironment
{
    /// <summary>The agent. Unique in a sandbox, compared without regard to case; can be used again after removal.</summary>
    public required string AgentId { get; init; }

    /// <summary>The sandbox that it belongs to.</summary>
    public required string SandboxId { get; init; }

    /// <summary>This claim; new for each, also when the agent id is used again.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>What the agent does, as given with the claim.</summary>
    public required string Specialization { get; init; }

    /// <summary>Name of the template that served the claim.</summary>
    public required string Template { get; init; }

    /// <summary>What became of it.</summary>
    public required AgentEnvironmentState State { get; init; }

    /// <summary>Why it is not running; empty when it is.</summary>
    public string StateReason { get; init; } = "";

    /// <summary>Where its container came from.</summary>
    public required StartupSource StartupSource { get; init; }

    /// <summary>Why the claim was not served from the pool.</summary>
    public required MissReason MissReason { get; init; }

    /// <summary>From the request to the environment, all stages.</summary>
    public required TimeSpan StartupTime { get; init; }

    /// <summary>Stage 1: which way to take.</summary>
    public required TimeSpan OptimizationCheckTime { get; init; }

    /// <summary>Stage 2: a container from the pool or a new one.</summary>
    public required TimeSpan AllocationTime { get; init; }

    /// <summary>Stage 3: the container answers and has taken the agent's variables.</summary>
    public required TimeSpan VerificationTime { get; init; }

    /// <summary>Stage 4: it is being watched.</summary>
    public required TimeSpan MonitoringTime { get; init; }

    /// <summary>Stage 5: the claim is counted.</summary>
    public required TimeSpan MetricsTime { get; init; }

    /// <summary>Last known health.</summary>
    public required HealthStatus Health { get; init; }

    /// <summary>The engine's id of the container.</summary>
    public required string ContainerId { get; init; }

    /// <summary>The container's name when the claim was made; it gets the agent's id appended soon after.</summary>
    public required string ContainerName { get; init; }

    /// <summary>The image as it was asked for.</summary>
    public required string Image { get; init; }

    /// <summary>The agent's folder on this machine, which its container has as <c>/workspace</c>; without a bound workspace that place in the container's memory.</summary>
    public required string WorkspacePath { get; init; }

    /// <summary>Memory limit in bytes.</summary>
    public required long MemoryLimit { get; init; }

    /// <summary>Processor limit in cores.</summary>
    public required double CpuLimit { get; init; }

    /// <summary>Limit of processes.</summary>
    public required int PidsLimit { get; init; }

    /// <summary>When it was claimed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Default protections that are off, joined with a comma; empty when none is.</summary>
    public required string Weakenings { get; init; }

    /// <summary>The user's tags as <c>name=value</c>, joined with a semicolon.</summary>
    public required string Tags { get; init; }

    /// <inheritdoc />
    public override string ToString() => AgentId;
}
