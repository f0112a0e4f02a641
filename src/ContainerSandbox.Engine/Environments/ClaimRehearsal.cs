using ContainerSandbox.Engine.Commands;
using ContainerSandbox.Engine.Images;
using ContainerSandbox.Engine.Monitoring;
using ContainerSandbox.Engine.Pools;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Environments;

/// <summary>
/// Goes both ways of a claim once without giving anything away: so the first claim is as fast as the second, and a default template that
/// cannot serve shows at initialization also where no pool tries it.
/// </summary>
internal sealed class ClaimRehearsal(ImageLibrary images, SlotFactory slots, SlotVerification verification, ResourceSampler sampler)
{
    /// <summary>Starts a container of a template that no pool tries, and ends it.</summary>
    /// <exception cref="SandboxException">It cannot be started or does not pass its verification.</exception>
    public async Task TryTemplateAsync(SandboxPool pool, CancellationToken cancellationToken)
    {
        var template = pool.Template;
        var image = await images.GetAsync(template.ImageReference, cancellationToken).ConfigureAwait(false);
        pool.Discard(
            await slots.StartAsync(template, image, template.Limits, isAwaited: false, cancellationToken).ConfigureAwait(false),
            "it was started to try the template");
    }

    /// <summary>Takes a slot of a pool, has it verified, and puts it back.</summary>
    public async Task TryPoolAsync(SandboxPool pool, CancellationToken cancellationToken)
    {
        if (pool.TryTake() is not { } slot)
            return;
        var answers = false;
        try
        {
            await sampler.RehearseAsync(slot, cancellationToken).ConfigureAwait(false);
            answers = await verification.TryAsync(
                slot, slot.Limits, CommandText.Arm(new Dictionary<string, string>()), pool.Ready == 0, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (answers)
                pool.PutBack(slot);
            else
                pool.Discard(slot, "it did not answer");
        }
    }
}
