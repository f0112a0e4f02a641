using ContainerSandbox.Engine.Environments;
using ContainerSandbox.Engine.Events;

namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>Takes an environment out of its sandbox.</summary>
internal static class EnvironmentRemoval
{
    /// <summary>Removes it; whoever asks meanwhile gets the same receipts.</summary>
    /// <param name="parts">The sandbox.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="gracePeriod">How long its processes may take to end after TERM.</param>
    /// <param name="removeWorkspace">True deletes the agent's folder too, once the container is gone; a workspace in memory went with that.</param>
    public static Task<IReadOnlyList<CleanupReceipt>> RunAsync(
        SandboxParts parts, LiveEnvironment environment, TimeSpan gracePeriod, bool removeWorkspace = false) =>
        environment.RemoveOnceAsync(async () =>
        {
            var receipt = await parts.Removal.RemoveAsync(environment, gracePeriod, CancellationToken.None).ConfigureAwait(false);
            List<CleanupReceipt> receipts = [receipt];
            if (parts.Workspace is { } workspace && environment.Slot.Workspace is not null)
            {
                if (removeWorkspace)
                    receipts.Add(await parts.Removal.RemoveWorkspaceAsync(environment, workspace, receipt.Verified).ConfigureAwait(false));

                // What may still write in it keeps it from others.
                if (receipt.Verified)
                    workspace.Release(environment.AgentId);
            }

            // In this order: as soon as the id is free, somebody else may be counted under it.
            parts.Metrics.Removed(environment.AgentId);
            parts.History.Remove(environment.EnvironmentId);
            parts.Events.Removed(environment, receipt);
            parts.Environments.Remove(environment);
            return receipts;
        });
}
