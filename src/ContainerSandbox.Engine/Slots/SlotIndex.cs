using System.Collections.Concurrent;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Slots;

/// <summary>The slots of a sandbox by container, from their start until the engine says that they are gone: what events are about.</summary>
internal sealed class SlotIndex
{
    private readonly ConcurrentDictionary<string, Slot> _slots = new();

    /// <summary>The containers of all slots.</summary>
    public IReadOnlyCollection<string> ContainerIds => [.. _slots.Keys];

    public void Add(Slot slot) => _slots[slot.ContainerId] = slot;

    public void Remove(Slot slot) => _slots.TryRemove(slot.ContainerId, out _);

    /// <summary>Tells a slot what the engine said about its container; null when it is no slot's.</summary>
    public Slot? Apply(BackendEvent happened)
    {
        if (!_slots.TryGetValue(happened.ContainerId, out var slot))
            return null;
        switch (happened.Kind)
        {
            case BackendEventKind.OutOfMemory:
                slot.Memory.Add();
                break;
            case BackendEventKind.Died:
                slot.MarkGone();
                break;
            case BackendEventKind.Destroyed:
                slot.MarkDestroyed();
                Remove(slot);
                break;
        }

        return slot;
    }
}
