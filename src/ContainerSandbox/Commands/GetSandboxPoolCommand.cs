using System.Management.Automation;

namespace ContainerSandbox.Commands;

/// <summary>Shows the pools of a sandbox.</summary>
[Cmdlet(VerbsCommon.Get, "SandboxPool")]
[OutputType(typeof(SandboxPoolInfo))]
public sealed class GetSandboxPoolCommand : SandboxCommand
{
    protected override void ProcessRecord()
    {
        if (TryGetSandbox(out var sandbox))
            WriteObject(sandbox.GetPools(), enumerateCollection: true);
    }
}
