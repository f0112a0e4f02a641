namespace ContainerSandbox.Engine.Tests.History;

/// <summary>Samples for histories.</summary>
internal static class HistorySamples
{
    public static ResourceSample Sample(DateTimeOffset timestamp, string agentId = "agent", string? environmentId = null) => new()
    {
        AgentId = agentId, SandboxId = "0123abcd", EnvironmentId = environmentId ?? $"{agentId}-1", Timestamp = timestamp, MemoryUsage = 50 << 20,
        MemoryLimit = 512 << 20, CpuPercent = 12.5, ThrottledTime = TimeSpan.FromMilliseconds(3), ProcessCount = 7, DiskReadBytes = 4096,
        DiskWriteBytes = 8192, NetworkReceivedBytes = 11, NetworkSentBytes = 13, Source = SampleSource.ControlGroup,
    };

    public static ResourceSample Gap(DateTimeOffset timestamp, string reason, string agentId = "agent") => new()
    {
        AgentId = agentId, SandboxId = "0123abcd", EnvironmentId = $"{agentId}-1", Timestamp = timestamp, GapReason = reason,
    };
}
