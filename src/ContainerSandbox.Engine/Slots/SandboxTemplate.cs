using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Slots;

/// <summary>What makes two containers interchangeable.</summary>
/// <param name="Name">The specialization that it serves; <c>default</c> serves all others.</param>
/// <param name="ImageReference">The image as it was asked for.</param>
/// <param name="Limits">What a container may use unless a claim says otherwise.</param>
/// <param name="SecurityProfile">The seccomp profile, as JSON.</param>
/// <param name="Workspace">The kind of its workspace.</param>
internal sealed record SandboxTemplate(string Name, string ImageReference, ResourceLimits Limits, string SecurityProfile, WorkspaceKind Workspace = WorkspaceKind.Memory)
{
    /// <summary>What is opened of its containers.</summary>
    public SandboxOpeners Openers { get; init; } = new();

    public const string DefaultName = SandboxPoolInfo.DefaultSpecialization;

    /// <summary>True for the name of the default template.</summary>
    public static bool IsDefault(string name) => name.Equals(DefaultName, StringComparison.OrdinalIgnoreCase);
}
