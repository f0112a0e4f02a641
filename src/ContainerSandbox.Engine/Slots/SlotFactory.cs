using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Commands;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Sessions;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Slots;

/// <summary>Starts containers and makes them ready for an agent: sessions open, places writable, everything tried once.</summary>
internal sealed class SlotFactory(
    ISandboxBackend backend, SlotSpecFactory specs, UserIdBlock userIds, SlotIndex index, TimeSpan startupTimeout,
    BackgroundWork background, TimeProvider timeProvider, ILogger logger) : ISlotSource
{
    private const int MostNames = 5;

    /// <inheritdoc/>
    public async Task<Slot> StartAsync(SandboxTemplate template, ResourceLimits limits, bool isAwaited, CancellationToken cancellationToken)
    {
        using var timeout = TimeLimit.Start(startupTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await StartWithinAsync(template, limits, isAwaited, either.Token).ConfigureAwait(false);
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

    private async Task<Slot> StartWithinAsync(SandboxTemplate template, ResourceLimits limits, bool isAwaited, CancellationToken cancellationToken)
    {
        var start = timeProvider.GetTimestamp();
        var identity = userIds.Next();
        var (spec, slot) = await StartAsync(template, identity, limits, cancellationToken).ConfigureAwait(false);
        Task PrepareAsync(ShellSession session, CancellationToken token) => SlotPreparation.RunAsync(session, spec.TmpfsMounts, template, token);
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
    private async Task<(ContainerSpec Spec, Slot Slot)> StartAsync(
        SandboxTemplate template, SlotIdentity identity, ResourceLimits limits, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var spec = specs.Next(template, identity, limits);
            try
            {
                return (spec, await StartAsync(spec, template, identity, cancellationToken).ConfigureAwait(false));
            }
            catch (SandboxException exception) when (exception.Category == SandboxErrorCategory.ResourceExists && attempt < MostNames)
            {
                EngineLog.NameTaken(logger, spec.Name);
            }
        }
    }

    private async Task<Slot> StartAsync(ContainerSpec spec, SandboxTemplate template, SlotIdentity identity, CancellationToken cancellationToken)
    {
        index.BeginStart(spec.Name);
        try
        {
            var lease = await backend.StartContainerAsync(spec, cancellationToken).ConfigureAwait(false);
            var path = TrustedPath.From(template.Image.EnvironmentVariables, spec.TmpfsMounts.Select(mount => mount.Path));
            var slot = new Slot(
                spec.Name,
                template,
                spec.Limits,
                lease,
                new SessionSet(backend, lease.ContainerId, identity, background, timeProvider),
                new IsolatedSessions(backend, lease.ContainerId, identity, path, background, timeProvider),
                new MemoryWatch(index.EngineClock, timeProvider));
            index.Add(slot);
            return slot;
        }
        finally
        {
            index.EndStart(spec.Name);
        }
    }
}
