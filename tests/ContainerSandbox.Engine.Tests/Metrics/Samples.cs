namespace ContainerSandbox.Engine.Tests.Metrics;

/// <summary>Records with nothing special about them.</summary>
internal static class Samples
{
    public static AgentEnvironment Environment(string agentId, StartupSource source) => new()
    {
        AgentId = agentId,
        SandboxId = "0123abcd",
        EnvironmentId = $"{agentId}-environment",
        Specialization = "default",
        Template = "default",
        State = AgentEnvironmentState.Running,
        StartupSource = source,
        MissReason = source == StartupSource.Warm ? MissReason.None : MissReason.PoolEmpty,
        StartupTime = TimeSpan.Zero,
        OptimizationCheckTime = TimeSpan.Zero,
        AllocationTime = TimeSpan.Zero,
        VerificationTime = TimeSpan.Zero,
        MonitoringTime = TimeSpan.Zero,
        MetricsTime = TimeSpan.Zero,
        Health = HealthStatus.Healthy,
        ContainerId = "1",
        ContainerName = "cs-0123abcd-0001",
        Image = "image:1",
        WorkspacePath = "/workspace",
        MemoryLimit = 1,
        CpuLimit = 1,
        PidsLimit = 1,
        CreatedAt = default,
        Weakenings = "",
        Tags = "",
    };

    public static CommandResult Result(string agentId, int exitCode) => new()
    {
        AgentId = agentId,
        SandboxId = "0123abcd",
        EnvironmentId = "1",
        Command = ":",
        ExitCode = exitCode,
        StandardOutput = "",
        StandardError = "",
        Duration = TimeSpan.Zero,
        TimedOut = false,
        Truncated = false,
        InvalidUtf8 = false,
        OomKilled = false,
        ProcessesLeft = 0,
        Source = CommandSource.Worker,
        StartedAt = default,
    };

    public static HealthResult Health(string agentId, HealthStatus status) => new()
    {
        AgentId = agentId,
        SandboxId = "0123abcd",
        EnvironmentId = "1",
        Status = status,
        Reasons = "",
        CheckedAt = default,
        Duration = TimeSpan.Zero,
    };
}
