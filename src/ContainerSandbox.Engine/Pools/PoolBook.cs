using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Pools;

/// <summary>What a pool has and what it lacks. Whoever uses it holds its gate.</summary>
internal sealed class PoolBook(int target, TimeSpan maximumAge, TimeProvider timeProvider)
{
    private readonly List<Slot> _ready = [];
    private readonly HashSet<Slot> _lent = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public object Gate { get; } = new();

    public int Target { get; set; } = target;

    public int Ready => _ready.Count;

    public int Lent => _lent.Count;

    public int Creating { get; set; }

    public int Removing { get; set; }

    public bool IsClosed { get; private set; }

    /// <summary>Ends when something changes.</summary>
    public Task Changed => _changed.Task;

    /// <summary>Containers to start. One that is too old stays until another is there in its place, so it counts for one more.</summary>
    public int Missing => Target + (_ready.Exists(IsAged) ? 1 : 0) - Ready - Lent - Creating - Removing;

    /// <summary>True when less than three quarters of the target is ready.</summary>
    public bool IsLow => 4 * Ready < 3 * Target;

    /// <summary>True when there are more than the pool is to have.</summary>
    public bool HasSurplus => Ready > Target;

    /// <summary>How long until one more is too old; null when none will be.</summary>
    public TimeSpan? UntilNextAged => _ready.Where(slot => !IsAged(slot)).Select(slot => (TimeSpan?)(maximumAge - Age(slot))).Min();

    public void Add(Slot slot) => _ready.Add(slot);

    /// <summary>Takes the slot that waited longest; it is lent then.</summary>
    public Slot? Lend()
    {
        if (Ready == 0)
            return null;
        var slot = _ready[0];
        _ready.RemoveAt(0);
        _lent.Add(slot);
        return slot;
    }

    /// <summary>A slot that was lent is not any more.</summary>
    public void EndLending(Slot slot) => _lent.Remove(slot);

    /// <summary>Takes out the slot of a container; null when it is not ready here.</summary>
    public Slot? Remove(string containerId)
    {
        var slot = _ready.Find(each => each.ContainerId == containerId);
        if (slot is not null)
            _ready.Remove(slot);
        return slot;
    }

    /// <summary>Takes out the oldest.</summary>
    public Slot RemoveOldest()
    {
        var oldest = _ready.MinBy(slot => slot.ReadySince)!;
        _ready.Remove(oldest);
        return oldest;
    }

    /// <summary>Takes out all and takes nothing more in.</summary>
    public IReadOnlyList<Slot> Close()
    {
        IsClosed = true;
        Slot[] left = [.. _ready];
        _ready.Clear();
        return left;
    }

    /// <summary>Wakes whoever waits for a change.</summary>
    public void Pulse() =>
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    private bool IsAged(Slot slot) => Age(slot) >= maximumAge;

    private TimeSpan Age(Slot slot) => timeProvider.GetElapsedTime(slot.ReadySince);
}
