namespace ContainerSandbox.Engine.Events;

/// <summary>The events of changes that recommendations brought.</summary>
internal static class OptimizationEvents
{
    /// <summary>A recommendation was carried out, or taken back.</summary>
    public static void Optimized(this EventLog log, SandboxOptimization change)
    {
        var (setting, before, after, reason) = (change.Setting, change.ValueBefore, change.ValueAfter, change.Reason);
        var (pool, how) = (change.AgentId.Length == 0 ? change.Specialization : "", change.Undone ? "taken back" : change.Automatic ? "by the monitor" : "as told");
        log.Add(
            SandboxEventKind.Optimized,
            change.AgentId,
            change.EnvironmentId,
            () => $"{setting}{(pool.Length > 0 ? $" of pool '{pool}'" : "")} from {before} to {after}, {how}: {reason}");
    }
}
