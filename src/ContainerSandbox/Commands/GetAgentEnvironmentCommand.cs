using System.Management.Automation;
using ContainerSandbox.Errors;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Shows the environments of a sandbox.</summary>
[Cmdlet(VerbsCommon.Get, "AgentEnvironment")]
[OutputType(typeof(AgentEnvironment))]
public sealed class GetAgentEnvironmentCommand : SandboxCommand
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AgentIdCompleter))]
    public string[]? AgentId { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetSandbox(out var sandbox))
            return;
        var wanted = PatternFilter.Select(
            sandbox.GetEnvironments(),
            environment => environment.AgentId,
            AgentId,
            missing => WriteError(SandboxErrors.AgentEnvironmentNotFound(missing, sandbox.Name)));
        WriteObject(wanted, enumerateCollection: true);
    }
}
