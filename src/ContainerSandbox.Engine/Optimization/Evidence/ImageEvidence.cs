namespace ContainerSandbox.Engine.Optimization;

/// <summary>An image that claims had to wait for.</summary>
/// <param name="Reference">The image.</param>
/// <param name="Claims">Claims that waited while it was pulled.</param>
/// <param name="LongestWait">The longest of these waits.</param>
/// <param name="IsTemplate">True when it is the image of a pool.</param>
internal sealed record ImageEvidence(string Reference, int Claims, TimeSpan LongestWait, bool IsTemplate);
