using System.Collections;
using ContainerSandbox.Session;

namespace ContainerSandbox.Parameters;

internal sealed class PoolCompleter : NameCompleter
{
    protected override IEnumerable<string> Candidates(RunspaceSandboxes? owned, IDictionary bound) =>
        Chosen(owned, bound)?.GetPools().Select(pool => pool.Specialization) ?? [];
}
