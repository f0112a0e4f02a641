using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Environments;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Slots;
using ContainerSandbox.Engine.Workspaces;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Cleanup;

/// <summary>Ends a container and proves it gone: TERM and a grace for the agent's processes, the lease, at last a kill.</summary>
internal sealed class SlotRemoval(
    ISandboxBackend backend, ContainerEnd end, Quarantine quarantine, string sandboxId, TimeProvider timeProvider, ILogger logger)
{
    private const string OutlivedLease = "The end of its lease did not end it in time";
    private const string MayBeInUse = "it was not touched: the container that has it could not be shown to be gone";
    private const string Unknown = "Nobody here knew of it";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Removes the container of an environment.</summary>
    public Task<CleanupReceipt> RemoveAsync(LiveEnvironment environment, TimeSpan gracePeriod, CancellationToken cancellationToken) =>
        RemoveAsync(environment.Slot, CleanupKind.Environment, environment.ContainerName, environment, gracePeriod, cancellationToken);

    /// <summary>Removes a slot that was nobody's.</summary>
    public Task<CleanupReceipt> RemoveAsync(Slot slot, CancellationToken cancellationToken) =>
        RemoveAsync(slot, CleanupKind.Slot, slot.Name, null, TimeSpan.Zero, cancellationToken);

    /// <summary>Removes whatever of the sandbox is still listed and has no receipt, all at once, and proves it.</summary>
    public async Task<IReadOnlyList<CleanupReceipt>> RemoveRestAsync(string selector, IReadOnlyCollection<CleanupReceipt> receipts)
    {
        var done = receipts.Select(receipt => receipt.ContainerId).ToHashSet();
        try
        {
            var listed = await backend.ListContainersAsync(selector, CancellationToken.None).ConfigureAwait(false);
            return await Task.WhenAll(listed
                .Where(container => OwnedContainer.From(container) is not null && !done.Contains(container.Id))
                .Select(RemoveListedAsync)).ConfigureAwait(false);
        }
        catch (SandboxException exception)
        {
            EngineLog.RestNotListed(logger, exception.Message);
            return [.. quarantine.Held.Where(held => !done.Contains(held.ContainerId)).Select(held => Receipt(
                CleanupKind.Slot, held.Name, held.ContainerId, null, new EndProof(false, held.Reason), timeProvider.GetTimestamp()))];
        }
    }

    /// <summary>Deletes the folder that an environment worked in, provided that its container is gone.</summary>
    public async Task<CleanupReceipt> RemoveWorkspaceAsync(LiveEnvironment environment, BoundWorkspace workspace, bool isGone)
    {
        var start = timeProvider.GetTimestamp();
        var proof = isGone ? await workspace.DeleteAsync(environment.AgentId).ConfigureAwait(false) : new EndProof(false, MayBeInUse);
        return Receipt(
            CleanupKind.Workspace, environment.Snapshot().WorkspacePath, environment.Slot.ContainerId, environment, proof, start);
    }

    private async Task<CleanupReceipt> RemoveListedAsync(BackendContainer container)
    {
        var start = timeProvider.GetTimestamp();
        var proof = await end.KillAsync(container.Id, Unknown, CancellationToken.None).ConfigureAwait(false);
        return Receipt(CleanupKind.Slot, container.Name, container.Id, null, proof, start);
    }

    private async Task<CleanupReceipt> RemoveAsync(
        Slot slot, CleanupKind kind, string name, LiveEnvironment? environment, TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        var start = timeProvider.GetTimestamp();
        if (gracePeriod > TimeSpan.Zero && !slot.IsGone)
            await TerminateAsync(slot, gracePeriod, cancellationToken).ConfigureAwait(false);
        await slot.DisposeAsync().ConfigureAwait(false);
        var proof = await end.IsGoneAsync(slot.ContainerId, slot.Destroyed, cancellationToken).ConfigureAwait(false)
            ? new EndProof(true, "")
            : await end.KillAsync(slot.ContainerId, OutlivedLease, cancellationToken).ConfigureAwait(false);
        if (!proof.Verified)
            quarantine.Keep(slot.ContainerId, name, proof.Detail);

        var receipt = Receipt(kind, name, slot.ContainerId, environment, proof, start);
        EngineLog.Removed(logger, name, receipt.Verified ? "gone" : "not proved to be gone", receipt.Duration.TotalMilliseconds);
        return receipt;
    }

    private CleanupReceipt Receipt(
        CleanupKind kind, string name, string containerId, LiveEnvironment? environment, EndProof proof, long start) => new()
        {
            SandboxId = sandboxId,
            EnvironmentId = environment?.EnvironmentId ?? "",
            AgentId = environment?.AgentId ?? "",
            Kind = kind,
            Name = name,
            ContainerId = containerId,
            Verified = proof.Verified,
            Duration = timeProvider.GetElapsedTime(start),
            RemovedAt = timeProvider.GetUtcNow(),
            Detail = proof.Detail,
        };

    // Closing the lease ends everything at once and nothing of the agent sees a TERM: what may end in order does so before.
    private async Task TerminateAsync(Slot slot, TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        using var grace = TimeLimit.Start(gracePeriod, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(grace.Token, cancellationToken);
        try
        {
            if (!await slot.Sessions.TerminateAllAsync(either.Token).ConfigureAwait(false))
                return;
            do
                await Task.Delay(Look, timeProvider, either.Token).ConfigureAwait(false);
            while (await slot.Sessions.HasProcessesAsync(either.Token).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is SandboxException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
