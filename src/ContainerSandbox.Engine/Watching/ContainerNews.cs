using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Cleanup;
using ContainerSandbox.Engine.Environments;
using ContainerSandbox.Engine.Events;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Pools;
using ContainerSandbox.Engine.Slots;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Watching;

/// <summary>What the engine tells of containers, brought to the slot, the pool and the environment that it is about.</summary>
internal sealed class ContainerNews(
    SlotIndex slots, PoolTable pools, EnvironmentTable environments, Quarantine quarantine, EventLog events, ILogger logger)
{
    private const string Stray = "Nobody here holds it";
    private const string Unheld = "The connection that held it broke";

    /// <summary>Something happened.</summary>
    public void Happened(BackendEvent happened)
    {
        if (slots.Apply(happened) is not { } slot)
            return;

        // Started again by somebody, it runs without a lease: nothing would end it with its owner.
        if (happened.Kind == BackendEventKind.Started && slot.IsGone)
            quarantine.Remove(slot.ContainerId, slot.Name, "Somebody started it again, without a lease");
        if (happened.Kind == BackendEventKind.OutOfMemory)
            slot.MemoryUsedUp = Math.Max(slot.MemoryUsedUp, slot.Limits.Memory);
        if (happened.Kind == BackendEventKind.OutOfMemory && slot.Memory.IsNewEpisode && environments.FindByContainer(slot.ContainerId) is { } environment)
            events.OutOfMemory(environment);
        if (happened.Kind is BackendEventKind.Died or BackendEventKind.Destroyed)
            Ended(slot);
    }

    /// <summary>A listing does not show a container any more, or shows that it ended.</summary>
    public void Gone(string containerId)
    {
        if (slots.Drop(containerId) is { } slot)
            Ended(slot);
    }

    /// <summary>A listing shows a container of this sandbox that nobody here holds.</summary>
    public void Unwanted(BackendContainer container) => quarantine.Remove(container.Id, container.Name, Stray);

    /// <summary>The lease of a slot ended while its container runs, as far as anybody knows. It must not run on without one.</summary>
    public void LeaseBroke(Slot slot)
    {
        slot.MarkGone(EndReasons.LeaseBroke);
        Ended(slot);
        quarantine.Remove(slot.ContainerId, slot.Name, Unheld);
    }

    /// <summary>The engine answers after it did not: what waits for better times is tried now.</summary>
    public void EngineIsBack()
    {
        foreach (var pool in pools.All)
            pool.EngineIsBack();
        quarantine.TryNow();
    }

    private void Ended(Slot slot)
    {
        pools.OnContainerGone(slot.ContainerId);
        if (environments.FindByContainer(slot.ContainerId) is { } environment && environment.Lose(slot.EndReason))
            EngineLog.EnvironmentLost(logger, environment.AgentId, slot.EndReason);
    }
}
