using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Hosting;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Ownership;

/// <summary>
/// Removes what dead owners left: what a lease cannot end, such as a container that was made and never started; and what sandboxes of
/// this process that have ended could not prove gone.
/// </summary>
internal sealed class OrphanSweep(ISandboxBackend backend, OwnerIdentity here, EndedSandboxes ended, TimeProvider timeProvider, ILogger logger)
{
    private const int Parallel = 4;
    private static readonly TimeSpan NeverStarted = TimeSpan.FromHours(1);

    /// <summary>Removes what is provably nobody's; what cannot be proved stays.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var containers = await backend.ListContainersAsync(OwnershipLabels.Sandbox, cancellationToken).ConfigureAwait(false);
        var orphans = containers.Select(OwnedContainer.From).OfType<OwnedContainer>().Where(IsOrphan).ToArray();
        await System.Threading.Tasks.Parallel.ForEachAsync(
            orphans,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (orphan, token) => await RemoveAsync(orphan, token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private bool IsOrphan(OwnedContainer container) =>
        (container.Container.State == BackendContainerState.Created && timeProvider.GetUtcNow() - container.Marks.CreatedAt > NeverStarted)
        || container.Marks.IsOrphaned(here, ended);

    private async Task RemoveAsync(OwnedContainer orphan, CancellationToken cancellationToken)
    {
        try
        {
            await backend.RemoveContainerAsync(orphan.Container.Id, cancellationToken).ConfigureAwait(false);
            EngineLog.OrphanRemoved(logger, orphan.Container.Name);
        }
        catch (SandboxException exception)
        {
            EngineLog.OrphanStays(logger, orphan.Container.Name, exception.Message);
        }
    }
}
