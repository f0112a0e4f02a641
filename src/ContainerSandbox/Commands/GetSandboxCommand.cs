using System.Management.Automation;
using ContainerSandbox.Errors;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Shows the sandboxes of this runspace.</summary>
[Cmdlet(VerbsCommon.Get, "Sandbox")]
[OutputType(typeof(SandboxInfo))]
public sealed class GetSandboxCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SandboxCompleter))]
    public string[]? Name { get; set; }

    protected override void ProcessRecord()
    {
        var owned = RunspaceSandboxes.Current?.All ?? [];
        var wanted = PatternFilter.Select(
            owned, sandbox => sandbox.Name, Name, missing => WriteError(SandboxErrors.SandboxNotFound(missing)));
        foreach (var sandbox in wanted)
            WriteObject(RunspaceSandboxes.Describe(sandbox));
    }
}
