using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Ownership;

/// <summary>A container that is ours beyond doubt, and what its labels say of its owner.</summary>
internal sealed record OwnedContainer(BackendContainer Container, OwnershipMarks Marks)
{
    /// <summary>Reads name and labels; null when the container is not ours.</summary>
    public static OwnedContainer? From(BackendContainer container) =>
        OwnershipMarks.Read(container.Name, container.Labels) is { } marks ? new OwnedContainer(container, marks) : null;
}
