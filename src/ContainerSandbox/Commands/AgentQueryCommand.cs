using System.Management.Automation;
using ContainerSandbox.Errors;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>A cmdlet that shows something of all agents of a sandbox, or of some.</summary>
public abstract class AgentQueryCommand : SandboxCommand
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AgentIdCompleter))]
    public string[]? AgentId { get; set; }

    private protected void WriteOfAgents<T>(EngineSandbox sandbox, IReadOnlyList<T> items, Func<T, string> agentId) => WriteObject(
        PatternFilter.Select(items, agentId, AgentId, missing => WriteError(SandboxErrors.AgentEnvironmentNotFound(missing, sandbox.Name))),
        enumerateCollection: true);
}
