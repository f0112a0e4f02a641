using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Slots;

/// <summary>What makes two containers interchangeable.</summary>
/// <param name="Name">The specialization that it serves; <c>default</c> serves all others.</param>
/// <param name="ImageReference">The image as it was asked for.</param>
/// <param name="Image">What that was resolved to, once.</param>
/// <param name="Limits">What a container may use unless a claim says otherwise.</param>
/// <param name="SecurityProfile">The seccomp profile, as JSON.</param>
internal sealed record SandboxTemplate(
    string Name, string ImageReference, BackendImage Image, ResourceLimits Limits, string SecurityProfile)
{
    public const string DefaultName = "default";
}
