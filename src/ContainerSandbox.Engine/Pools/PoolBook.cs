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

    /// <summary>What each slot is doing, for people.</summary>
    public IReadOnlyList<SandboxSlotInfo> Describe() =>
    [
        .. _ready.Select(slot => Describe(slot, SandboxSlotState.Ready, WhyReady(slot))),
        .. _lent.Select(slot => Describe(slot, SandboxSlotState.Claiming, "a claim is verifying it")),
        .. Enumerable.Repeat(new SandboxSlotInfo { State = SandboxSlotState.Creating, Reason = "its container is being started" }, Creating),
        .. _removing.Select(slot => Describe(slot, SandboxSlotState.Removing, "its container is being ended")),
    ];

    /// <summary>Wakes whoever waits for a change.</summary>
    public void Pulse() =>
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    private SandboxSlotInfo Describe(Slot slot, SandboxSlotState state, string reason) => new()
    {
        Name = slot.Name,
        ContainerId = slot.ContainerId,
        State = state,
        CanServe = state == SandboxSlotState.Ready && CanServe(slot),
        Age = Age(slot),
        Image = slot.Template.ImageReference,
        Memory = slot.Limits.Memory,
        Cpu = slot.Limits.Cpu,
        PidsLimit = slot.Limits.PidsLimit,
        Reason = reason,
    };

    private string WhyReady(Slot slot) =>
        IsOfEarlierImage(slot) ? "made from the image that the name stood for before; it goes as soon as another is there"
        : !CanServe(slot) ? "made for an earlier template that differs too much; it goes as soon as another is there"
        : IsStale(slot) ? "made for an earlier template; it serves until another is there in its place"
        : IsAged(slot) ? "too old; it serves until another is there in its place"
        : "ready for a claim";

    private bool CanServe(Slot slot) => !IsStale(slot)
        || (slot.Template.ImageReference == Template.ImageReference && (images.MayBeEarlier || !IsOfEarlierImage(slot))
            && TmpfsPlan.Fits(slot.Template.Limits.Memory, Template.Limits.Memory));

    private bool IsSpent(Slot slot) => IsAged(slot) || IsStale(slot);

    private bool IsStale(Slot slot) => slot.Template != Template || IsOfEarlierImage(slot);

    private bool IsOfEarlierImage(Slot slot) => images.IsEarlier(Template.ImageReference, slot.ImageId);

    private bool IsAged(Slot slot) => Age(slot) >= maximumAge;

    private TimeSpan Age(Slot slot) => timeProvider.GetElapsedTime(slot.ReadySince);
}
