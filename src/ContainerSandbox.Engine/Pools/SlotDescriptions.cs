using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Pools;

/// <summary>Says of each slot of a pool what it is doing and why.</summary>
internal static class SlotDescriptions
{
    /// <summary>Those of a pool whose gate the caller holds.</summary>
    public static IReadOnlyList<SandboxSlotInfo> Of(PoolBook book) =>
    [
        .. book.ReadySlots.Select(slot => Describe(book, slot, SandboxSlotState.Ready, WhyReady(book, slot)) with { CanServe = book.CanServe(slot) }),
        .. book.LentSlots.Select(slot => Describe(book, slot, SandboxSlotState.Claiming, "a claim is verifying it")),
        .. Enumerable.Repeat(new SandboxSlotInfo { State = SandboxSlotState.Creating, Reason = "its container is being started" }, book.Creating),
        .. book.RemovingSlots.Select(slot => Describe(book, slot, SandboxSlotState.Removing, "its container is being ended")),
    ];

    private static SandboxSlotInfo Describe(PoolBook book, Slot slot, SandboxSlotState state, string reason) => new()
    {
        Name = slot.Name,
        ContainerId = slot.ContainerId,
        State = state,
        Age = book.Age(slot),
        Image = slot.Template.ImageReference,
        Memory = slot.Limits.Memory,
        Cpu = slot.Limits.Cpu,
        PidsLimit = slot.Limits.PidsLimit,
        Reason = reason,
    };

    private static string WhyReady(PoolBook book, Slot slot) =>
        book.IsOfEarlierImage(slot) ? "made from the image that the name stood for before; it goes as soon as another is there"
        : !book.CanServe(slot) ? "made for an earlier template that differs too much; it goes as soon as another is there"
        : book.IsStale(slot) ? "made for an earlier template; it serves until another is there in its place"
        : book.IsAged(slot) ? "too old; it serves until another is there in its place"
        : "ready for a claim";
}
