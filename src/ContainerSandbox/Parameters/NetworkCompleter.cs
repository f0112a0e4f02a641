using System.Collections;
using ContainerSandbox.Engine.Networks;
using ContainerSandbox.Session;

namespace ContainerSandbox.Parameters;

internal sealed class NetworkCompleter : NameCompleter
{
    // The machine's own network is none that a container gets; the engine calls the lack of one a network too.
    protected override IEnumerable<string> Candidates(RunspaceSandboxes? owned, IDictionary bound) =>
        [NetworkNames.None, NetworkNames.Isolated, .. (owned?.All.SelectMany(sandbox => sandbox.KnownNetworks) ?? []).Where(name => NetworkNames.Wrong(name) is null)];
}
