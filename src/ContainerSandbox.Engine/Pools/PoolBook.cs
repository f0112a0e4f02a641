using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Pools;

/// <summary>What a pool has and what it lacks. Whoever uses it holds its gate.</summary>
/// <param name="template">What its slots are to be.</param>
/// <param name="target">How many it is to keep ready.</param>
/// <param name="isEnabled">False: it keeps none, whatever its target.</param>
/// <param name="images">The identity of the image that a name stands for, and what becomes of slots made from another.</param>
/// <param name="maximumAge">How old a slot may become.</param>
/// <param name="traffic">What it shares with other pools.</param>
/// <param name="timeProvider">Time.</param>
internal sealed class PoolBook(
    SandboxTemplate template, int target, bool isEnabled, PoolImages images, TimeSpan maximumAge, PoolTraffic traffic, TimeProvider timeProvider)
{
    private readonly List<Slot> _ready = [];
    private readonly HashSet<Slot> _lent = [];
    private readonly HashSet<Slot> _removing = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public object Gate { get; } = new();

    public SandboxTemplate Template { get; set; } = template;

    public int Target { get; set; } = target;

    /// <summary>True while it keeps none because nothing was claimed for long.</summary>
    public bool IsResting { get; set; }

    /// <summary>How many it is to keep ready now.</summary>
    public int Wanted => isEnabled && !IsResting ? Target : 0;

    /// <summary>True when claims are not served from here.</summary>
    public bool IsDisabled => !isEnabled || Target == 0;

    public int Ready => _ready.Count;

    public IReadOnlyCollection<Slot> ReadySlots => _ready;

    public IReadOnlyCollection<Slot> LentSlots => _lent;

    public IReadOnlyCollection<Slot> RemovingSlots => _removing;

    public int Creating { get; set; }

    public int Removing => _removing.Count;

    public bool IsClosed { get; private set; }

    /// <summary>Ends when something changes.</summary>
    public Task Changed => _changed.Task;

    /// <summary>Containers to start. One that is to be replaced stays until another is there in its place, so it counts for one more.</summary>
    public int Missing => Wanted + (Wanted > 0 && _ready.Exists(IsSpent) ? 1 : 0) - Ready - _lent.Count - Creating - Removing;

    /// <summary>True when less than three quarters of what it is to keep ready is.</summary>
    public bool IsLow => 4 * Ready < 3 * Wanted;

    /// <summary>True when there are more than the pool is to have.</summary>
    public bool HasSurplus => Ready > Wanted;

    /// <summary>How long until one more is too old; null when none will be.</summary>
    public TimeSpan? UntilNextAged => _ready.Where(slot => !IsAged(slot)).Select(slot => (TimeSpan?)(maximumAge - Age(slot))).Min();

    public void Add(Slot slot) => _ready.Add(slot);

    /// <summary>Takes the slot that waited longest; it is lent then. One of an earlier template is taken only where it can serve as this one's.</summary>
    public Slot? Lend()
    {
        var index = _ready.FindIndex(CanServe);
        if (index < 0)
            return null;
        var slot = _ready[index];
        _ready.RemoveAt(index);
        _lent.Add(slot);
        traffic.ClaimBegins();
        return slot;
    }

    /// <summary>A slot that was lent is not any more.</summary>
    public void EndLending(Slot slot)
    {
        if (_lent.Remove(slot))
            traffic.ClaimEnds();
    }

    /// <summary>A slot is being ended.</summary>
    public void BeginRemoving(Slot slot) => _removing.Add(slot);

    /// <summary>Its lease is closed.</summary>
    public void EndRemoving(Slot slot) => _removing.Remove(slot);

    /// <summary>Takes out the slot of a container; null when it is not ready here.</summary>
    public Slot? Remove(string containerId)
    {
        var slot = _ready.Find(each => each.ContainerId == containerId);
        if (slot is not null)
            _ready.Remove(slot);
        return slot;
    }

    /// <summary>Takes out one that can be spared: one of an earlier template first, else the oldest.</summary>
    public Slot RemoveSurplus()
    {
        var surplus = _ready.OrderByDescending(IsStale).ThenBy(slot => slot.ReadySince).First();
        _ready.Remove(surplus);
        return surplus;
    }

    /// <summary>Takes out those of an image that must not serve any more.</summary>
    public IReadOnlyList<Slot> RemoveOutdated()
    {
        Slot[] outdated = images.MayBeEarlier ? [] : [.. _ready.Where(IsOfEarlierImage)];
        _ready.RemoveAll(outdated.Contains);
        return outdated;
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

    /// <summary>True when a claim may get it although the template, or its image, may have changed since it was made.</summary>
    public bool CanServe(Slot slot) => !IsStale(slot)
        || (slot.Template.ImageReference == Template.ImageReference && (images.MayBeEarlier || !IsOfEarlierImage(slot))
            && TmpfsPlan.Fits(slot.Template.Limits.Memory, Template.Limits.Memory));

    /// <summary>True when it was made for an earlier template.</summary>
    public bool IsStale(Slot slot) => slot.Template != Template || IsOfEarlierImage(slot);

    /// <summary>True when it was made from an image that the name does not stand for any more.</summary>
    public bool IsOfEarlierImage(Slot slot) => images.IsEarlier(Template.ImageReference, slot.ImageId);

    /// <summary>True when it is too old.</summary>
    public bool IsAged(Slot slot) => Age(slot) >= maximumAge;

    /// <summary>How long ago it became ready.</summary>
    public TimeSpan Age(Slot slot) => timeProvider.GetElapsedTime(slot.ReadySince);

    private bool IsSpent(Slot slot) => IsAged(slot) || IsStale(slot);
}
