using System.Management.Automation;

namespace ContainerSandbox.Commands;

/// <summary>Shows the environments of a sandbox.</summary>
[Cmdlet(VerbsCommon.Get, "AgentEnvironment")]
[OutputType(typeof(AgentEnvironment))]
public sealed class GetAgentEnvironmentCommand : AgentQueryCommand
{
    protected override void ProcessRecord()
    {
        if (TryGetSandbox(out var sandbox))
            WriteOfAgents(sandbox, sandbox.GetEnvironments(), environment => environment.AgentId);
    }
}
