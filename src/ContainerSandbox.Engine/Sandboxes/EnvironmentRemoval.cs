using ContainerSandbox.Engine.Environments;

namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>Takes an environment out of its sandbox.</summary>
internal static class EnvironmentRemoval
{
    /// <summary>Removes it; whoever asks meanwhile gets the same receipt.</summary>
    public static Task<CleanupReceipt> RunAsync(SandboxParts parts, LiveEnvironment environment, TimeSpan gracePeriod) =>
        environment.RemoveOnceAsync(async () =>
        {
            var receipt = await parts.Removal.RemoveAsync(environment, gracePeriod, CancellationToken.None).ConfigureAwait(false);

            // In this order: as soon as the id is free, somebody else may be counted under it.
            parts.Metrics.Removed(environment.AgentId);
            parts.Environments.Remove(environment);
            return receipt;
        });
}
