using System.Globalization;
using System.Text.RegularExpressions;

namespace ContainerSandbox.Engine.Ownership;

/// <summary>What name and labels say of a thing that is ours beyond doubt.</summary>
internal sealed partial record OwnershipMarks(string SandboxId, OwnerIdentity Owner, DateTimeOffset? CreatedAt)
{
    /// <summary>
    /// Reads them; null when the thing is not ours. Labels alone prove nothing: an image committed from a container of ours
    /// carries them, and so does whatever anybody starts from it. The name must agree.
    /// </summary>
    public static OwnershipMarks? Read(string name, IReadOnlyDictionary<string, string> labels)
    {
        string Label(string key) => labels.GetValueOrDefault(key, "");
        var sandboxId = Label(OwnershipLabels.Sandbox);
        if (!SandboxIdForm().IsMatch(sandboxId) || !name.StartsWith(ContainerNames.Prefix(sandboxId), StringComparison.Ordinal))
            return null;
        _ = int.TryParse(Label(OwnershipLabels.OwnerProcess), NumberStyles.None, CultureInfo.InvariantCulture, out var processId);
        var owner = new OwnerIdentity(
            Label(OwnershipLabels.OwnerMachine),
            Label(OwnershipLabels.OwnerBoot),
            Label(OwnershipLabels.OwnerProcessNamespace),
            processId,
            Label(OwnershipLabels.OwnerStart));
        DateTimeOffset? createdAt = DateTimeOffset.TryParse(
            Label(OwnershipLabels.CreatedAt), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : null;
        return new OwnershipMarks(sandboxId, owner, createdAt);
    }

    /// <summary>True when it is sure that nobody owns it any more: its owner is dead, or its sandbox is one of this process that ended.</summary>
    public bool IsOrphaned(OwnerIdentity here, EndedSandboxes ended) =>
        Owner.IsProvablyDead(here) || (Owner == here && ended.Contains(SandboxId));

    [GeneratedRegex("^[0-9a-f]{8}\\z")]
    private static partial Regex SandboxIdForm();
}
