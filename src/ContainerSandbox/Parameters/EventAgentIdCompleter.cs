using System.Collections;
using ContainerSandbox.Session;

namespace ContainerSandbox.Parameters;

/// <summary>Completes the agents that something happened to, those that are gone too.</summary>
internal sealed class EventAgentIdCompleter : NameCompleter
{
    protected override IEnumerable<string> Candidates(RunspaceSandboxes? owned, IDictionary bound) =>
        Chosen(owned, bound)?.GetEvents().Select(happened => happened.AgentId).Where(agentId => agentId.Length > 0) ?? [];
}
