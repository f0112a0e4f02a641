namespace ContainerSandbox.Engine.Events;

/// <summary>The events of pools.</summary>
internal static class PoolEvents
{
    /// <summary>A pool cannot be filled.</summary>
    public static void PoolDegraded(this EventLog log, string specialization, string trouble) =>
        log.Add(SandboxEventKind.PoolDegraded, "", "", () => $"pool '{specialization}': {trouble}");

    /// <summary>A pool can be filled again.</summary>
    public static void PoolRecovered(this EventLog log, string specialization) =>
        log.Add(SandboxEventKind.PoolRecovered, "", "", () => $"pool '{specialization}': containers start again");
}
