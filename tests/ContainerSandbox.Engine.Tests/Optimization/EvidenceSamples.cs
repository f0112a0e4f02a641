using ContainerSandbox.Engine.Optimization;

namespace ContainerSandbox.Engine.Tests.Optimization;

/// <summary>Evidence to judge.</summary>
internal static class EvidenceSamples
{
    public const long Megabyte = 1L << 20;

    public static readonly PoolEvidence CalmPool = new("default", 4, TimeSpan.FromHours(1), 100, 0, 0, 3, TimeSpan.FromSeconds(1));

    public static readonly UseEvidence CalmUse = new(TimeSpan.FromHours(2), 720, 300 * Megabyte, 320 * Megabyte, 60, 80, 0);

    public static readonly AgentEvidence CalmAgent = Agent(512, 1);

    public static AgentEvidence Agent(long megabytes, double cores) => new(
        new AgentEnvironment
        {
            AgentId = "planner",
            SandboxId = "0123abcd",
            EnvironmentId = "e1",
            Specialization = "default",
            Template = "default",
            State = AgentEnvironmentState.Running,
            StartupSource = StartupSource.Warm,
            MissReason = MissReason.None,
            StartupTime = TimeSpan.FromMilliseconds(2),
            OptimizationCheckTime = TimeSpan.Zero,
            AllocationTime = TimeSpan.Zero,
            VerificationTime = TimeSpan.FromMilliseconds(2),
            MonitoringTime = TimeSpan.Zero,
            MetricsTime = TimeSpan.Zero,
            Health = HealthStatus.Healthy,
            ContainerId = "c1",
            ContainerName = "cs-1",
            Image = "image:1",
            WorkspacePath = "/workspace",
            MemoryLimit = megabytes * Megabyte,
            CpuLimit = cores,
            PidsLimit = 256,
            CreatedAt = DateTimeOffset.UnixEpoch,
            Weakenings = "",
            Tags = "",
        },
        megabytes * Megabyte, 0, 0, CalmUse, null);

    public static SandboxEvidence Of(PoolEvidence? pool = null, AgentEvidence? agent = null, ImageEvidence? image = null, bool preloads = false) => new(
        "0123abcd", [pool ?? CalmPool], agent is null ? [] : [agent], image is null ? [] : [image], preloads,
        new OptimizationBounds(16, 4096 * Megabyte, 4), RecommendationOptions.Usual);
}
