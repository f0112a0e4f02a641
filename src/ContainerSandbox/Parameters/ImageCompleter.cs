using System.Collections;
using ContainerSandbox.Session;

namespace ContainerSandbox.Parameters;

internal sealed class ImageCompleter : NameCompleter
{
    protected override IEnumerable<string> Candidates(RunspaceSandboxes? owned, IDictionary bound)
    {
        var known = owned?.All.SelectMany(sandbox => sandbox.KnownImages) ?? [];
        return known.Append(DefaultImage.Reference);
    }
}
