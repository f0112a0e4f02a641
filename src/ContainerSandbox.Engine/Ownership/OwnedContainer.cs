using System.Globalization;
using System.Text.RegularExpressions;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Ownership;

/// <summary>A container that is ours beyond doubt, and what its labels say of its owner.</summary>
internal sealed partial record OwnedContainer(BackendContainer Container, string SandboxId, OwnerIdentity Owner, DateTimeOffset? CreatedAt)
{
    /// <summary>
    /// Reads the labels; null when the container is not ours. Labels alone prove nothing: an image committed from a container of ours
    /// carries them, and so does whatever anybody starts from it. The name must agree.
    /// </summary>
    public static OwnedContainer? From(BackendContainer container)
    {
        var sandboxId = Label(container, OwnershipLabels.Sandbox);
        if (!SandboxIdForm().IsMatch(sandboxId) || !container.Name.StartsWith(ContainerNames.Prefix(sandboxId), StringComparison.Ordinal))
            return null;
        _ = int.TryParse(Label(container, OwnershipLabels.OwnerProcess), NumberStyles.None, CultureInfo.InvariantCulture, out var processId);
        var owner = new OwnerIdentity(
            Label(container, OwnershipLabels.OwnerMachine),
            Label(container, OwnershipLabels.OwnerBoot),
            Label(container, OwnershipLabels.OwnerProcessNamespace),
            processId,
            Label(container, OwnershipLabels.OwnerStart));
        DateTimeOffset? createdAt = DateTimeOffset.TryParse(
            Label(container, OwnershipLabels.CreatedAt), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : null;
        return new OwnedContainer(container, sandboxId, owner, createdAt);
    }

    private static string Label(BackendContainer container, string name) => container.Labels.GetValueOrDefault(name, "");

    [GeneratedRegex("^[0-9a-f]{8}\\z")]
    private static partial Regex SandboxIdForm();
}
