using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using ContainerSandbox.Engine.Sandboxes;
using ContainerSandbox.Errors;

namespace ContainerSandbox.Session;

/// <summary>Finds the sandbox that a cmdlet is to use. On the pipeline thread only.</summary>
internal static class SandboxResolver
{
    /// <summary>
    /// The sandbox with this id in the process, else with this name in this runspace, else the error; without a reference the runspace's
    /// default, without which no pipeline item can proceed.
    /// </summary>
    public static bool TryResolve(Cmdlet cmdlet, string? reference, [NotNullWhen(true)] out EngineSandbox? sandbox)
    {
        var owned = RunspaceSandboxes.Current;
        if (string.IsNullOrEmpty(reference))
        {
            sandbox = owned?.Default;
            if (sandbox is null)
                cmdlet.ThrowTerminatingError(SandboxErrors.SandboxNotInitialized());
            return sandbox is not null;
        }

        sandbox = Find(owned, reference);
        if (sandbox is null)
            cmdlet.WriteError(SandboxErrors.SandboxNotFound(reference));
        return sandbox is not null;
    }

    public static EngineSandbox? Find(RunspaceSandboxes? owned, string reference) =>
        SandboxRegistry.Find(reference) ?? owned?.FindByName(reference);
}
