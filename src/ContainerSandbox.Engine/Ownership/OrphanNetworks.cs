using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Hosting;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Ownership;

/// <summary>Removes the networks that dead owners left: no lease ends a network. To be run after the sweep of their containers.</summary>
internal sealed class OrphanNetworks(ISandboxBackend backend, OwnerIdentity here, EndedSandboxes ended, ILogger logger)
{
    /// <summary>Removes what is provably nobody's of those that the engine listed; what cannot be proved, or removed, stays.</summary>
    public async Task RunAsync(IReadOnlyList<BackendNetwork> networks, CancellationToken cancellationToken)
    {
        foreach (var network in networks.Where(IsOrphan))
        {
            try
            {
                await backend.RemoveNetworkAsync(network.Id, cancellationToken).ConfigureAwait(false);
                EngineLog.OrphanRemoved(logger, network.Name);
            }
            catch (SandboxException exception)
            {
                EngineLog.OrphanStays(logger, network.Name, exception.Message);
            }
        }
    }

    /// <summary>True for what is provably nobody's.</summary>
    public bool IsOrphan(BackendNetwork network) => OwnershipMarks.Read(network.Name, network.Labels)?.IsOrphaned(here, ended) == true;
}
