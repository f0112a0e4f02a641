using System.Collections;
using ContainerSandbox.Session;

namespace ContainerSandbox.Parameters;

internal sealed class SandboxCompleter : NameCompleter
{
    protected override IEnumerable<string> Candidates(RunspaceSandboxes? owned, IDictionary bound) =>
        owned?.All.Select(sandbox => sandbox.Name) ?? [];
}
