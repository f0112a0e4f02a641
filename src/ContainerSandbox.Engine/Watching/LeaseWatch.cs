using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Watching;

/// <summary>
/// Notices leases that end unasked. Mostly the container has ended, and the engine says so; where it does not, the connection broke, and
/// the container may run on without anything that would end it with its owner.
/// </summary>
internal sealed class LeaseWatch(Action<Slot> broken, BackgroundWork background, TimeProvider timeProvider)
{
    // The end of a container reaches its lease before the event feed tells of it and why.
    private static readonly TimeSpan EventTakes = TimeSpan.FromSeconds(1);

    /// <summary>Watches the lease of a slot until it ends.</summary>
    public void Watch(Slot slot) => _ = slot.LeaseEnded.ContinueWith(
        _ => Look(slot), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private void Look(Slot slot)
    {
        if (!slot.IsReleased && !slot.IsGone)
            background.Start($"looking what ended the lease of '{slot.Name}'", cancellationToken => WaitAsync(slot, cancellationToken));
    }

    private async Task WaitAsync(Slot slot, CancellationToken cancellationToken)
    {
        await Task.WhenAny(slot.Ended, Task.Delay(EventTakes, timeProvider, cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (!slot.IsReleased && !slot.IsGone)
            broken(slot);
    }
}
