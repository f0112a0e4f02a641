using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Ownership;

namespace ContainerSandbox.Engine.Watching;

/// <summary>
/// Compares what the engine lists with what is known here, in both directions: containers that are gone, and containers of this sandbox
/// that nobody here wants, such as one whose creation was given up and happened late, or whose removal was broken off.
/// </summary>
/// <param name="backend">The engine.</param>
/// <param name="sandbox">Whose containers.</param>
/// <param name="known">The containers that are known to run.</param>
/// <param name="isWanted">True for a container that somebody holds, or is making this very moment.</param>
/// <param name="gone">Takes the id of a container that does not run any more.</param>
/// <param name="unwanted">Takes a container that was seen unwanted for longer than the grace.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class ContainerSweep(
    ISandboxBackend backend, SandboxIdentity sandbox, Func<IReadOnlyCollection<string>> known, Func<BackendContainer, bool> isWanted,
    Action<string> gone, Action<BackendContainer> unwanted, TimeProvider timeProvider)
{
    // Longer than a removal that goes its usual way takes from the end of the lease to the last kill.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private Dictionary<string, long> _seen = [];

    /// <summary>Looks once. Not to be called again before that ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // What is known after the listing may be younger than it.
        var before = known();
        var listed = await backend.ListContainersAsync(sandbox.Selector, cancellationToken).ConfigureAwait(false);
        var running = listed
            .Where(container => container.State is BackendContainerState.Running or BackendContainerState.Paused)
            .Select(container => container.Id)
            .ToHashSet();
        foreach (var id in before.Where(id => !running.Contains(id)))
            gone(id);
        HandOver([.. listed.Where(IsOurs).Where(container => !isWanted(container))]);
    }

    private bool IsOurs(BackendContainer container) =>
        OwnedContainer.From(container) is { } owned && sandbox.Owns(owned.Marks);

    private void HandOver(IReadOnlyCollection<BackendContainer> strays)
    {
        var now = timeProvider.GetTimestamp();
        _seen = strays.ToDictionary(stray => stray.Id, stray => _seen.GetValueOrDefault(stray.Id, now));
        foreach (var stray in strays.Where(stray => timeProvider.GetElapsedTime(_seen[stray.Id], now) >= Grace))
            unwanted(stray);
    }
}
