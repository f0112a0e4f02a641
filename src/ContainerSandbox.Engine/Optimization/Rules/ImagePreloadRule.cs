namespace ContainerSandbox.Engine.Optimization;

/// <summary>Images ahead of need where claims waited for one. For an image that no template has, a template.</summary>
internal sealed class ImagePreloadRule : IRecommendationRule
{
    public IEnumerable<SandboxRecommendation> Judge(SandboxEvidence evidence)
    {
        ImageEvidence[] templates = [.. evidence.Images.Where(image => image.IsTemplate)];
        if (templates.Length > 0 && !evidence.PreloadsImages)
            yield return Preload(evidence, templates);
        foreach (var image in evidence.Images.Where(image => !image.IsTemplate))
        {
            yield return Recommend(
                evidence,
                [image],
                $"'{image.Reference}' was pulled while a claim waited, and no template has it",
                $"give it a pool: New-SandboxPool -Specialization <name> -Image {image.Reference}");
        }
    }

    private static SandboxRecommendation Preload(SandboxEvidence evidence, ImageEvidence[] images) => Recommend(
        evidence, images, ValueText.Of($"{images.Sum(image => image.Claims)} claims waited for images of templates"), "no claim of a template waits for its image") with
    {
        Setting = SettingNames.PreloadBaseImages,
        CurrentValue = bool.FalseString,
        RecommendedValue = bool.TrueString,
    };

    private static SandboxRecommendation Recommend(SandboxEvidence evidence, ImageEvidence[] images, string reason, string effect) => new()
    {
        SandboxId = evidence.SandboxId,
        Kind = RecommendationKind.ImagePreload,
        Reason = reason,
        ExpectedEffect = effect,
        Evidence = string.Join(
            "; ", images.Select(image => ValueText.Of($"{image.Reference}: {image.Claims} claims waited, {ValueText.Span(image.LongestWait)} at most"))),
    };
}
