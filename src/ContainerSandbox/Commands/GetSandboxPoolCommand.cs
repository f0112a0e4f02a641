using System.Management.Automation;
using ContainerSandbox.Errors;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Shows the pools of a sandbox.</summary>
[Cmdlet(VerbsCommon.Get, "SandboxPool")]
[OutputType(typeof(SandboxPoolInfo))]
public sealed class GetSandboxPoolCommand : SandboxCommand
{
    private const string DetailedView = "ContainerSandbox.SandboxPoolInfo#Detailed";

    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PoolCompleter))]
    public string[]? Specialization { get; set; }

    [Parameter]
    public SwitchParameter Detailed { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetSandbox(out var sandbox))
            return;
        var wanted = PatternFilter.Select(
            sandbox.GetPools(Detailed),
            pool => pool.Specialization,
            Specialization,
            missing => WriteError(SandboxErrors.SandboxPoolNotFound(missing, sandbox.Name)));
        foreach (var pool in wanted)
            WriteObject(Detailed ? WithDetails(pool) : pool);
    }

    // The same object; only the view is another.
    private static PSObject WithDetails(SandboxPoolInfo pool)
    {
        var shown = PSObject.AsPSObject(pool);
        shown.TypeNames.Insert(0, DetailedView);
        return shown;
    }
}
