using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Commands;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Networks;
using ContainerSandbox.Engine.Sessions;
using ContainerSandbox.Engine.Workspaces;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Slots;

/// <summary>Starts containers and makes them ready for an agent: sessions open, places writable, everything tried once.</summary>
internal sealed class SlotFactory(
    ISandboxBackend backend, SlotSpecFactory specs, UserIdBlock userIds, SandboxNetworks networks, SlotIndex index, TimeSpan startupTimeout, StartTurns? turns,
    BackgroundWork background, TimeProvider timeProvider, ILogger logger, BoundWorkspace? workspace = null)
{
    private const int MostNames = 5;

    /// <summary>Starts one container, after those that were asked for before where one starts after another.</summary>
    /// <param name="template">What it is.</param>
    /// <param name="image">The template's image, or another for a claim that wants one.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="isAwaited">True when a claim waits for it: its sessions are then opened in the background.</param>
    /// <param name="cancellationToken">Ends the start; nothing stays.</param>
    /// <param name="claim">The agent's folder where its container is to be made on that; else a bound workspace is an empty folder.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.StartFailed"/>, <see cref="SandboxErrorId.StartTimedOut"/>, or what the engine said.</exception>
    public Task<Slot> StartAsync(
        SandboxTemplate template, BackendImage image, ResourceLimits limits, bool isAwaited, CancellationToken cancellationToken,
        WorkspaceClaim? claim = null)
    {
        Task<Slot> StartNowAsync() => StartInTimeAsync(template, image, limits, isAwaited, claim, cancellationToken);
        return turns is null ? StartNowAsync() : turns.RunAsync(StartNowAsync, cancellationToken);
    }

    private async Task<Slot> StartInTimeAsync(
        SandboxTemplate template, BackendImage image, ResourceLimits limits, bool isAwaited, WorkspaceClaim? claim, CancellationToken cancellationToken)
    {
        using var timeout = TimeLimit.Start(startupTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await StartWithinAsync(template, image, limits, isAwaited, claim, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SandboxException(
                SandboxErrorId.StartTimedOut,
                SandboxErrorCategory.OperationTimeout,
                $"A container of '{template.ImageReference}' did not start within {startupTimeout.TotalSeconds:0.#} s. Look at the engine's load, or give Initialize-Sandbox a longer -StartupTimeout.",
                template.ImageReference);
        }
    }

    private async Task<Slot> StartWithinAsync(
        SandboxTemplate template, BackendImage image, ResourceLimits limits, bool isAwaited, WorkspaceClaim? claim, CancellationToken cancellationToken)
    {
        var start = timeProvider.GetTimestamp();
        var network = await networks.GetAsync(template, image, cancellationToken).ConfigureAwait(false);
        var numbers = userIds.Next(template.Openers.User);
        var identity = template.Workspace == WorkspaceKind.Bound ? workspace!.User.Of(numbers) : numbers;
        var (spec, slot) = await StartUnderANameAsync(template, image, identity, limits, network, claim, cancellationToken).ConfigureAwait(false);
        async Task PrepareAsync(ShellSession session, CancellationToken token)
        {
            if (slot.Workspace is { } folder)
                await folder.ProveAsync(session, token).ConfigureAwait(false);
            await SlotPreparation.RunAsync(session, spec.TmpfsMounts, template, token).ConfigureAwait(false);
        }

        if (isAwaited)
        {
            slot.Sessions.OpenLater(PrepareAsync, startupTimeout);
            return slot;
        }

        try
        {
            await slot.Sessions.OpenAsync(PrepareAsync, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            index.Remove(slot);
            await slot.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        EngineLog.SlotReady(logger, slot.Name, timeProvider.GetElapsedTime(start).TotalMilliseconds);
        return slot;
    }

    // Somebody else's container may have the name. The next name is another.
    private async Task<(ContainerSpec Spec, Slot Slot)> StartUnderANameAsync(
        SandboxTemplate template, BackendImage image, SlotIdentity identity, ResourceLimits limits, string? network, WorkspaceClaim? claim,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var spec = specs.Next(template, image, identity, limits, network);
            var folder = template.Workspace == WorkspaceKind.Memory ? null
                : claim is null ? workspace!.MakeSlotFolder(spec.Name) : claim.BindItself(cancellationToken);
            spec = folder?.Bind(spec) ?? spec;
            try
            {
                return (spec, await StartAsync(spec, template, image, identity, folder, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception exception)
            {
                folder?.Dispose();
                if (exception is not SandboxException { Category: SandboxErrorCategory.ResourceExists } || attempt >= MostNames)
                    throw;
                EngineLog.NameTaken(logger, spec.Name);
            }
        }
    }

    private async Task<Slot> StartAsync(
        ContainerSpec spec, SandboxTemplate template, BackendImage image, SlotIdentity identity, BoundFolder? folder, CancellationToken cancellationToken)
    {
        index.BeginStart(spec.Name);
        try
        {
            var lease = await backend.StartContainerAsync(spec, cancellationToken).ConfigureAwait(false);
            var path = TrustedPath.From(image.EnvironmentVariables, spec.TmpfsMounts.Select(mount => mount.Path).Concat(spec.BindMounts.Select(mount => mount.Path)));
            var slot = new Slot(
                spec.Name,
                template,
                image.Id,
                spec.Limits,
                lease,
                new SessionSet(backend, lease.ContainerId, identity, background, timeProvider),
                new IsolatedSessions(backend, lease.ContainerId, identity, path, background, timeProvider),
                new MemoryWatch(index.EngineClock, timeProvider))
            {
                Workspace = folder,
            };
            index.Add(slot);
            return slot;
        }
        finally
        {
            index.EndStart(spec.Name);
        }
    }
}
