namespace ContainerSandbox.Engine.Backends;

/// <summary>
/// What a sandbox needs from whatever starts containers. Every call has a deadline of the adapter's own and ends in a
/// <see cref="SandboxException"/> when that passes (<see cref="SandboxErrorId.EngineNotResponding"/>), when the connection breaks
/// (<see cref="SandboxErrorId.EngineLost"/>), when the container is gone (<see cref="SandboxErrorId.ContainerNotFound"/>) or when the
/// request is refused (<see cref="SandboxErrorId.EngineError"/>); a cancelled call ends in <see cref="OperationCanceledException"/>.
/// </summary>
public interface ISandboxBackend : IAsyncDisposable
{
    /// <summary>Asks what answers and what it can do. The first call of every connection.</summary>
    Task<BackendCapabilities> ProbeAsync(CancellationToken cancellationToken);

    /// <summary>Asks what only matters when something is wrong.</summary>
    Task<BackendFacts> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>Finds an image that is present; null when it is not.</summary>
    Task<BackendImage?> ResolveImageAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Brings an image from its registry.</summary>
    /// <exception cref="SandboxException">
    /// <see cref="SandboxErrorId.ImageNotFound"/>: no registry has it or could be asked; <see cref="SandboxErrorId.RegistryAccessDenied"/>,
    /// <see cref="SandboxErrorId.ImagePullFailed"/>, <see cref="SandboxErrorId.ImagePlatformDiffers"/>.
    /// </exception>
    Task<BackendImage> PullImageAsync(string reference, IProgress<ImagePullProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Asks the registry of an image for it, and brings nothing.</summary>
    /// <exception cref="SandboxException">As for a pull.</exception>
    Task AskRegistryAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Lists the images that are present.</summary>
    Task<IReadOnlyList<BackendImage>> ListImagesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes a container, holds its lease, and starts it. When this fails or is cancelled nothing is left but what a sweep finds by
    /// label and name.
    /// </summary>
    /// <exception cref="SandboxException">
    /// <see cref="SandboxErrorId.ImageHasNoShell"/>, <see cref="SandboxErrorId.ImagePlatformDiffers"/>,
    /// <see cref="SandboxErrorId.EngineHasNoInit"/>, <see cref="SandboxErrorId.NetworkNotFound"/>; of the category
    /// <see cref="SandboxErrorCategory.ResourceExists"/> when another container has the name.
    /// </exception>
    Task<IContainerLease> StartContainerAsync(ContainerSpec spec, CancellationToken cancellationToken);

    /// <summary>Starts a process in a running container, connected to its three streams.</summary>
    Task<ISessionChannel> OpenSessionAsync(SessionSpec spec, CancellationToken cancellationToken);

    /// <summary>Changes limits or the name of a container; what is null stays.</summary>
    Task UpdateContainerAsync(string containerId, ContainerUpdate update, CancellationToken cancellationToken);

    /// <summary>
    /// The number of a container's main process on the engine's machine; 0 when it does not run. Only who runs on the same machine can do
    /// anything with it, and whether that is so has to be found out otherwise.
    /// </summary>
    Task<int> GetProcessIdAsync(string containerId, CancellationToken cancellationToken);

    /// <summary>What the engine counts of a running container. May take as long as the engine's own interval of counting, about a second.</summary>
    Task<ResourceReading> ReadStatisticsAsync(string containerId, CancellationToken cancellationToken);

    /// <summary>Lists containers in every state that carry a label.</summary>
    /// <param name="label">A label's name, or <c>name=value</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<BackendContainer>> ListContainersAsync(string label, CancellationToken cancellationToken);

    /// <summary>
    /// Ends and removes a container, also one that is paused. One that is gone, or on its way, is no error. False when the engine does
    /// not know it, which proves more than a listing: that may go on showing what is not there any more.
    /// </summary>
    Task<bool> RemoveContainerAsync(string containerId, CancellationToken cancellationToken);

    /// <summary>Makes a network, and gives its id. When this is not answered or cancelled, it may have been made.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.AddressPoolsExhausted"/>.</exception>
    Task<string> CreateNetworkAsync(NetworkSpec spec, CancellationToken cancellationToken);

    /// <summary>Lists all networks.</summary>
    Task<IReadOnlyList<BackendNetwork>> ListNetworksAsync(CancellationToken cancellationToken);

    /// <summary>Removes a network; refused while a container uses it. False when the engine does not know it.</summary>
    Task<bool> RemoveNetworkAsync(string networkId, CancellationToken cancellationToken);

    /// <summary>
    /// What happens to containers with a label, from now on or from a moment in the past. The feed may lose events and ends in an
    /// exception when its connection does.
    /// </summary>
    /// <param name="label">A label's name, or <c>name=value</c>.</param>
    /// <param name="since">Where to begin; null is now.</param>
    /// <param name="cancellationToken">Ends the feed.</param>
    IAsyncEnumerable<BackendEvent> WatchAsync(string label, DateTimeOffset? since, CancellationToken cancellationToken);

    /// <summary>
    /// The moments at which images changed, from now on or from a moment in the past: after each a name may stand for another image, or
    /// for none. The feed may lose events and ends in an exception when its connection does.
    /// </summary>
    /// <param name="since">Where to begin; null is now.</param>
    /// <param name="cancellationToken">Ends the feed.</param>
    IAsyncEnumerable<DateTimeOffset> WatchImagesAsync(DateTimeOffset? since, CancellationToken cancellationToken);
}
