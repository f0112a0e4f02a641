using System.Collections.Concurrent;
using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Watching;

namespace ContainerSandbox.Engine.Slots;

/// <summary>The slots of a sandbox by container, from their start until the engine says that they are gone: what events are about.</summary>
internal sealed class SlotIndex(TimeProvider timeProvider)
{
    private readonly ConcurrentDictionary<string, Slot> _slots = new();
    private readonly ConcurrentDictionary<string, bool> _starting = new();

    /// <summary>Hears of every new slot.</summary>
    public event Action<Slot>? Added;

    /// <summary>Dates what the engine says about them.</summary>
    public EngineClock EngineClock { get; } = new(timeProvider);

    /// <summary>The containers of all slots.</summary>
    public IReadOnlyCollection<string> ContainerIds => [.. _slots.Keys];

    /// <summary>A container of this name is about to be made; until that is over, whatever has the name is wanted.</summary>
    public void BeginStart(string name) => _starting[name] = true;

    /// <summary>The start is over: the container is a slot's by now, or nobody's.</summary>
    public void EndStart(string name) => _starting.TryRemove(name, out _);

    /// <summary>True for a container that somebody here holds or is about to hold.</summary>
    public bool Wants(BackendContainer container) =>
        _starting.ContainsKey(container.Name) || (_slots.TryGetValue(container.Id, out var slot) && slot is { IsReleased: false, IsGone: false });

    public void Add(Slot slot)
    {
        _slots[slot.ContainerId] = slot;
        Added?.Invoke(slot);
    }

    public void Remove(Slot slot) => _slots.TryRemove(slot.ContainerId, out _);

    /// <summary>Tells a slot what the engine said about its container; null when it is no slot's.</summary>
    public Slot? Apply(BackendEvent happened)
    {
        var when = EngineClock.Heard(happened.At);
        if (!_slots.TryGetValue(happened.ContainerId, out var slot))
            return null;
        switch (happened.Kind)
        {
            case BackendEventKind.OutOfMemory:
                slot.Memory.Add(when);
                slot.OutOfMemoryAt = happened.At;
                break;
            case BackendEventKind.Died:
                slot.MarkGone(EndReasons.Of(happened, slot.OutOfMemoryAt));
                break;
            case BackendEventKind.Destroyed:
                slot.MarkDestroyed(EndReasons.Of(happened, slot.OutOfMemoryAt));
                Remove(slot);
                break;
        }

        return slot;
    }

    /// <summary>A listing did not show the container of a slot, or showed that it ended; null when it is no slot's.</summary>
    public Slot? Drop(string containerId)
    {
        if (_slots.TryRemove(containerId, out var slot))
            slot.MarkDestroyed(EndReasons.NotListed);
        return slot;
    }
}
