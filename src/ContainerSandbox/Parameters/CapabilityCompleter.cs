using System.Collections;
using ContainerSandbox.Engine.Openers;
using ContainerSandbox.Session;

namespace ContainerSandbox.Parameters;

internal sealed class CapabilityCompleter : NameCompleter
{
    protected override IEnumerable<string> Candidates(RunspaceSandboxes? owned, IDictionary bound) => LinuxCapabilities.Names;
}
