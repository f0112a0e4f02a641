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
        var orphans = (await ListAsync(cancellationToken).ConfigureAwait(false)).Where(IsOrphan);
        await System.Threading.Tasks.Parallel.ForEachAsync(
            orphans,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (orphan, token) => await RemoveAsync(orphan, token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Lists what is ours, whoever owns it.</summary>
    public async Task<IReadOnlyList<OwnedContainer>> ListAsync(CancellationToken cancellationToken)
    {
        var containers = await backend.ListContainersAsync(OwnershipLabels.Sandbox, cancellationToken).ConfigureAwait(false);
        return [.. containers.Select(OwnedContainer.From).OfType<OwnedContainer>()];
    }

    /// <summary>True for what is provably nobody's.</summary>
    public bool IsOrphan(OwnedContainer container) =>
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
