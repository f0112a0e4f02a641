using ContainerSandbox.Engine.Images;

namespace ContainerSandbox.Engine.Slots;

/// <summary>Slots for a pool: the image first, as long as that takes, then a container with everything open and tried.</summary>
internal sealed class PoolSlots(ImageLibrary images, SlotFactory slots) : ISlotSource
{
    /// <inheritdoc/>
    public async Task<Slot> StartAsync(SandboxTemplate template, CancellationToken cancellationToken)
    {
        var image = await images.GetAsync(template.ImageReference, cancellationToken).ConfigureAwait(false);
        return await slots.StartAsync(template, image, template.Limits, isAwaited: false, cancellationToken).ConfigureAwait(false);
    }
}
