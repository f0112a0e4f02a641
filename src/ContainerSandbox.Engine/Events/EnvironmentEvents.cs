using System.Globalization;
using ContainerSandbox.Engine.Environments;

namespace ContainerSandbox.Engine.Events;

/// <summary>The events of environments.</summary>
internal static class EnvironmentEvents
{
    /// <summary>The memory of an environment was used up.</summary>
    public static void OutOfMemory(this EventLog log, LiveEnvironment environment)
    {
        var megabytes = environment.Slot.Limits.Memory / 1048576.0;
        log.Add(
            SandboxEventKind.OutOfMemory,
            environment.AgentId,
            environment.EnvironmentId,
            () => string.Create(CultureInfo.InvariantCulture, $"the kernel ended processes: {megabytes:0.#} MB of memory were used up"));
    }

    /// <summary>An environment's container ended unasked.</summary>
    public static void Lost(this EventLog log, LiveEnvironment environment, string reason) =>
        log.Add(SandboxEventKind.Lost, environment.AgentId, environment.EnvironmentId, () => reason);

    /// <summary>An environment was removed.</summary>
    public static void Removed(this EventLog log, LiveEnvironment environment, CleanupReceipt receipt)
    {
        var (verified, took, detail) = (receipt.Verified, receipt.Duration, receipt.Detail);
        log.Add(
            SandboxEventKind.Removed,
            environment.AgentId,
            environment.EnvironmentId,
            () => string.Create(
                CultureInfo.InvariantCulture,
                $"{(verified ? "gone" : "not proved gone")} after {took.TotalMilliseconds:0} ms{(detail.Length > 0 ? $": {detail}" : "")}"));
    }

    /// <summary>An environment is well, or not well, in another way than before.</summary>
    public static void HealthChanged(this EventLog log, LiveEnvironment environment, HealthStatus from, HealthStatus to, string reasons) =>
        log.Add(SandboxEventKind.HealthChanged, environment.AgentId, environment.EnvironmentId, () => $"{from} to {to}: {reasons}");
}
