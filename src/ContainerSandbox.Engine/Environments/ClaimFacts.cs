using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Openers;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Environments;

/// <summary>What a claim is told, and what is told of it.</summary>
internal static class ClaimFacts
{
    /// <summary>The variables of an agent's commands.</summary>
    public static Dictionary<string, string> Variables(ClaimRequest request, string agentId) => new(request.EnvironmentVariables)
    {
        ["AGENT_ID"] = agentId,
        ["AGENT_SPECIALIZATION"] = Specialization(request),
    };

    /// <summary>The environment as it is when its claim has a slot. Its times follow.</summary>
    public static AgentEnvironment Describe(
        ClaimRequest request, string agentId, string sandboxId, Slot slot, ResourceLimits limits, MissReason miss, DateTimeOffset now) => new()
        {
            AgentId = agentId,
            SandboxId = sandboxId,
            EnvironmentId = Guid.NewGuid().ToString("n")[..12],
            Specialization = Specialization(request),
            Template = slot.Template.Name,
            State = AgentEnvironmentState.Running,
            StartupSource = miss == MissReason.None ? StartupSource.Warm : StartupSource.Cold,
            MissReason = miss,
            StartupTime = TimeSpan.Zero,
            OptimizationCheckTime = TimeSpan.Zero,
            AllocationTime = TimeSpan.Zero,
            VerificationTime = TimeSpan.Zero,
            MonitoringTime = TimeSpan.Zero,
            MetricsTime = TimeSpan.Zero,
            Health = HealthStatus.Healthy,
            ContainerId = slot.ContainerId,
            ContainerName = slot.Name,
            Image = slot.Template.ImageReference,
            WorkspacePath = slot.Workspace?.Path ?? SlotPaths.Workspace,
            MemoryLimit = limits.Memory,
            CpuLimit = limits.Cpu,
            PidsLimit = limits.PidsLimit,
            CreatedAt = now,
            Weakenings = Weakenings.Join([slot.Template.Openers]),
            Tags = string.Join(';', request.Tags.Select(tag => $"{tag.Key}={tag.Value}")),
        };

    private static string Specialization(ClaimRequest request) => request.Specialization ?? SandboxTemplate.DefaultName;
}
