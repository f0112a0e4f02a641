using System.Globalization;
using System.Reflection;

namespace ContainerSandbox.Engine.Ownership;

/// <summary>Whose the containers of a sandbox are.</summary>
internal sealed record SandboxIdentity(string SandboxId, string Name, OwnerIdentity Owner)
{
    private static readonly string Version =
        typeof(SandboxIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>The label by which the containers of this sandbox are listed and watched.</summary>
    public string Selector => $"{OwnershipLabels.Sandbox}={SandboxId}";

    /// <summary>True for what carries the marks of this sandbox and its owner.</summary>
    public bool Owns(OwnershipMarks marks) => marks.SandboxId == SandboxId && marks.Owner == Owner;

    /// <summary>The labels of one container, or of a network.</summary>
    public IReadOnlyDictionary<string, string> Labels(string template, DateTimeOffset createdAt) => new Dictionary<string, string>
    {
        [OwnershipLabels.Sandbox] = SandboxId,
        [OwnershipLabels.SandboxName] = Name,
        [OwnershipLabels.OwnerMachine] = Owner.Machine,
        [OwnershipLabels.OwnerBoot] = Owner.Boot,
        [OwnershipLabels.OwnerProcessNamespace] = Owner.ProcessNamespace,
        [OwnershipLabels.OwnerProcess] = Owner.ProcessId.ToString(CultureInfo.InvariantCulture),
        [OwnershipLabels.OwnerStart] = Owner.StartTime,
        [OwnershipLabels.CreatedAt] = createdAt.ToString("O", CultureInfo.InvariantCulture),
        [OwnershipLabels.Template] = template,
        [OwnershipLabels.Version] = Version,
    };
}
