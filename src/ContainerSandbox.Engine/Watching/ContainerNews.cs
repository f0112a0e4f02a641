using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Cleanup;
using ContainerSandbox.Engine.Environments;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Pools;
using ContainerSandbox.Engine.Slots;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Watching;

/// <summary>What the engine tells of containers, brought to the slot, the pool and the environment that it is about.</summary>
internal sealed class ContainerNews(
    SlotIndex slots, PoolTable pools, EnvironmentTable environments, Quarantine quarantine, TimeProvider timeProvider, ILogger logger)
{
    private const string Stray = "Nobody here holds it";

    /// <summary>Something happened.</summary>
    public void Happened(BackendEvent happened)
    {
        if (slots.Apply(happened) is not { } slot)
            return;

        // Started again by somebody, it runs without a lease: nothing would end it with its owner.
        if (happened.Kind == BackendEventKind.Started && slot.IsGone)
            quarantine.Remove(slot.ContainerId, slot.Name, "Somebody started it again, without a lease");
        if (happened.Kind is BackendEventKind.Died or BackendEventKind.Destroyed)
            Ended(slot);
    }

    /// <summary>A listing does not show a container any more, or shows that it ended.</summary>
    public void Gone(string containerId) => Happened(new BackendEvent(BackendEventKind.Destroyed, containerId, timeProvider.GetUtcNow()));

    /// <summary>A listing shows a container of this sandbox that nobody here holds.</summary>
    public void Unwanted(BackendContainer container) => quarantine.Remove(container.Id, container.Name, Stray);

    private void Ended(Slot slot)
    {
        pools.OnContainerGone(slot.ContainerId);
        if (environments.FindByContainer(slot.ContainerId) is { } environment && environment.Lose(slot.EndReason))
            EngineLog.EnvironmentLost(logger, environment.AgentId, slot.EndReason);
    }
}
