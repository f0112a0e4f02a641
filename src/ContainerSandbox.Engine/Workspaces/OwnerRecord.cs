using System.Globalization;
using System.Text;
using ContainerSandbox.Engine.Ownership;

namespace ContainerSandbox.Engine.Workspaces;

/// <summary>Who owns something in a workspace, as it is written there.</summary>
/// <param name="SandboxId">The sandbox.</param>
/// <param name="Owner">The process.</param>
internal sealed record OwnerRecord(string SandboxId, OwnerIdentity Owner)
{
    /// <summary>Reads a record. One that is not whole names nobody, and nobody cannot be shown to be gone.</summary>
    public static OwnerRecord Read(ReadOnlySpan<byte> content)
    {
        var lines = Encoding.UTF8.GetString(content).Split('\n');
        return lines is [var sandboxId, var machine, var boot, var processNamespace, var process, var start, ""]
            && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
            ? new OwnerRecord(sandboxId, new OwnerIdentity(machine, boot, processNamespace, processId, start))
            : new OwnerRecord("", new OwnerIdentity("", "", "", 0, ""));
    }

    /// <summary>Writes it.</summary>
    public byte[] Write() => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{SandboxId}\n{Owner.Machine}\n{Owner.Boot}\n{Owner.ProcessNamespace}\n{Owner.ProcessId}\n{Owner.StartTime}\n"));

    /// <summary>For people.</summary>
    public override string ToString() => SandboxId.Length > 0
        ? string.Create(CultureInfo.InvariantCulture, $"the sandbox {SandboxId} of process {Owner.ProcessId}") : "somebody who did not say who";
}
