using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Environments;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Slots;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Cleanup;

/// <summary>Ends a container and proves it gone: TERM and a grace for the agent's processes, the lease, at last a kill.</summary>
internal sealed class SlotRemoval(
    ISandboxBackend backend, ContainerAbsence absence, string sandboxId, TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan EventTakes = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaseTakes = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan KillTakes = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan KillAgain = TimeSpan.FromSeconds(5);

    /// <summary>Removes the container of an environment.</summary>
    public Task<CleanupReceipt> RemoveAsync(LiveEnvironment environment, TimeSpan gracePeriod, CancellationToken cancellationToken) =>
        RemoveAsync(environment.Slot, CleanupKind.Environment, environment.ContainerName, environment, gracePeriod, cancellationToken);

    /// <summary>Removes a slot that was nobody's.</summary>
    public Task<CleanupReceipt> RemoveAsync(Slot slot, CancellationToken cancellationToken) =>
        RemoveAsync(slot, CleanupKind.Slot, slot.Name, null, TimeSpan.Zero, cancellationToken);

    /// <summary>Removes whatever of the sandbox is still listed and has no receipt, all at once, and proves it.</summary>
    public async Task<IReadOnlyList<CleanupReceipt>> RemoveRestAsync(string selector, IReadOnlyCollection<CleanupReceipt> receipts)
    {
        try
        {
            var listed = await backend.ListContainersAsync(selector, CancellationToken.None).ConfigureAwait(false);
            return await Task.WhenAll(listed
                .Where(container => OwnedContainer.From(container) is not null && receipts.All(receipt => receipt.ContainerId != container.Id))
                .Select(RemoveListedAsync)).ConfigureAwait(false);
        }
        catch (SandboxException exception)
        {
            EngineLog.RestNotListed(logger, exception.Message);
            return [];
        }
    }

    private async Task<CleanupReceipt> RemoveListedAsync(BackendContainer container)
    {
        var start = timeProvider.GetTimestamp();
        var (verified, detail) = await KillUntilGoneAsync(container.Id, Task.CompletedTask, CancellationToken.None).ConfigureAwait(false);
        return Receipt(CleanupKind.Slot, container.Name, container.Id, null, verified, start, detail);
    }

    private async Task<CleanupReceipt> RemoveAsync(
        Slot slot, CleanupKind kind, string name, LiveEnvironment? environment, TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        var start = timeProvider.GetTimestamp();
        if (gracePeriod > TimeSpan.Zero && !slot.IsGone)
            await TerminateAsync(slot, gracePeriod, cancellationToken).ConfigureAwait(false);
        await slot.DisposeAsync().ConfigureAwait(false);
        var detail = "";
        var verified = await IsGoneAsync(slot.ContainerId, slot.Destroyed, LeaseTakes, cancellationToken).ConfigureAwait(false);
        if (!verified)
            (verified, detail) = await KillUntilGoneAsync(slot.ContainerId, slot.Destroyed, cancellationToken).ConfigureAwait(false);

        var receipt = Receipt(kind, name, slot.ContainerId, environment, verified, start, detail);
        EngineLog.Removed(logger, name, receipt.Duration.TotalMilliseconds);
        return receipt;
    }

    private CleanupReceipt Receipt(
        CleanupKind kind, string name, string containerId, LiveEnvironment? environment, bool verified, long start, string detail) => new()
        {
            SandboxId = sandboxId,
            EnvironmentId = environment?.EnvironmentId ?? "",
            AgentId = environment?.AgentId ?? "",
            Kind = kind,
            Name = name,
            ContainerId = containerId,
            Verified = verified,
            Duration = timeProvider.GetElapsedTime(start),
            RemovedAt = timeProvider.GetUtcNow(),
            Detail = detail,
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

    // An engine may take a removal and not come to its end, for example while a file system is busy: told again it does.
    private async Task<(bool Verified, string Detail)> KillUntilGoneAsync(string containerId, Task destroyed, CancellationToken cancellationToken)
    {
        var start = timeProvider.GetTimestamp();
        while (true)
        {
            var detail = await KillAsync(containerId, cancellationToken).ConfigureAwait(false);
            if (await IsGoneAsync(containerId, destroyed, KillAgain, cancellationToken).ConfigureAwait(false))
                return (true, detail);
            if (timeProvider.GetElapsedTime(start) >= KillTakes)
                return (false, detail);
        }
    }

    private async Task<string> KillAsync(string containerId, CancellationToken cancellationToken)
    {
        try
        {
            await backend.RemoveContainerAsync(containerId, cancellationToken).ConfigureAwait(false);
            return "The end of its lease did not end it in time; it was killed.";
        }
        catch (SandboxException exception)
        {
            return exception.Message;
        }
    }

    private async Task<bool> IsGoneAsync(string containerId, Task destroyed, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var start = timeProvider.GetTimestamp();
        await Task.WhenAny(destroyed, Task.Delay(EventTakes, timeProvider, cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        for (var pause = Look; ; pause *= 2)
        {
            try
            {
                if (await absence.IsAbsentAsync(containerId, cancellationToken).ConfigureAwait(false))
                    return true;
            }
            catch (SandboxException)
            {
                // Silence proves nothing: it is asked again until the time is over.
            }

            if (timeProvider.GetElapsedTime(start) >= deadline)
                return false;
            await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }
}
