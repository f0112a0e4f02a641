using System.Collections;
using ContainerSandbox.Session;

namespace ContainerSandbox.Parameters;

internal sealed class AgentIdCompleter : NameCompleter
{
    protected override IEnumerable<string> Candidates(RunspaceSandboxes? owned, IDictionary bound) =>
        Chosen(owned, bound)?.GetEnvironments().Select(environment => environment.AgentId) ?? [];
}
