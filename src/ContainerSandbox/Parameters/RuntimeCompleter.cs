using System.Collections;
using ContainerSandbox.Session;

namespace ContainerSandbox.Parameters;

internal sealed class RuntimeCompleter : NameCompleter
{
    protected override IEnumerable<string> Candidates(RunspaceSandboxes? owned, IDictionary bound) =>
        owned?.All.SelectMany(sandbox => sandbox.GetInfo().Engine.Runtimes.Split(", ")) ?? [];
}
