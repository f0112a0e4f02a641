using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Engine.Optimization;

/// <summary>Whether the images of all templates are brought ahead of need. Those that are not there yet are brought at once.</summary>
internal sealed class PreloadSetting(SandboxParts parts) : IOptimizedSetting
{
    public string Name => SettingNames.PreloadBaseImages;

    public bool CanUndo => true;

    public string Read(SettingSubject subject) => parts.PreloadsImages.ToString();

    public async Task<(SettingSubject Subject, string Value)> ChangeAsync(SettingSubject subject, string value, CancellationToken cancellationToken)
    {
        if (!bool.TryParse(value, out var isOn))
            throw InvalidRecommendation.Value(Name, value, "True or False");
        if (isOn)
        {
            await parts.Images.PreloadAsync(
                parts.Pools.All.Select(pool => pool.Template.ImageReference), parts.Pools.Default.Template.ImageReference, cancellationToken).ConfigureAwait(false);
        }

        parts.PreloadsImages = isOn;
        return (subject, isOn.ToString());
    }
}
