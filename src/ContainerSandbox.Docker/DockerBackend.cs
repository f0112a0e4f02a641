using ContainerSandbox.Docker.Calls;
using ContainerSandbox.Docker.Connecting;
using ContainerSandbox.Docker.Containers;
using ContainerSandbox.Docker.Events;
using ContainerSandbox.Docker.Images;
using ContainerSandbox.Docker.Networks;
using ContainerSandbox.Docker.Probing;
using ContainerSandbox.Docker.Registries;
using ContainerSandbox.Docker.Sessions;
using ContainerSandbox.Docker.Statistics;
using ContainerSandbox.Engine.Backends;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker;

/// <summary>The port on the Docker Engine API. It only hands out work: each kind of call has a class of its own.</summary>
internal sealed class DockerBackend : ISandboxBackend
{
    private readonly DockerClient _client;
    private readonly IAsyncDisposable? _way;
    private readonly CapabilitiesProbe _probe;
    private readonly ImageStore _images;
    private readonly ImagePull _pull;
    private readonly Leftovers _leftovers;
    private readonly ContainerStarter _starter;
    private readonly ContainerLookup _lookup;
    private readonly ContainerChanges _changes;
    private readonly ContainerRemoval _removal;
    private readonly NetworkStore _networks;
    private readonly SessionOpener _sessions;
    private readonly EventFeed _events;
    private readonly ContainerStatistics _statistics;
    private int _disposed;

    public DockerBackend(
        DockerClient client, EngineCall call, EngineEndpoint endpoint, VersionResponse version, Version agreed, RegistryCredentials credentials,
        IAsyncDisposable? way)
    {
        var unenforced = new UnenforcedLimits();
        var podman = CapabilitiesProbe.IsPodman(version) ? new PodmanContainers(client, call, endpoint) : null;
        if (podman is not null)
            unenforced.Add(PodmanContainers.UnenforcedLimit);
        _client = client;
        _way = way;
        _probe = new CapabilitiesProbe(client, call, endpoint, version, agreed, unenforced);
        _images = new ImageStore(client, call, podman is not null);
        _pull = new ImagePull(client, call, _images, credentials, podman is not null);
        _lookup = new ContainerLookup(client, call);
        _removal = new ContainerRemoval(client, call);
        _leftovers = new Leftovers(_lookup, _removal, call.Time);
        _starter = new ContainerStarter(
            client, call, new ShellCheck(client, call), new PlatformCheck(client, call, $"{version.Os}/{version.Arch}"), _leftovers, unenforced, podman);
        _changes = new ContainerChanges(client, call, podman is not null);
        _networks = new NetworkStore(client, call);
        _sessions = new SessionOpener(client, call);
        _events = new EventFeed(client, call);
        _statistics = new ContainerStatistics(client, call);
    }

    public Task<BackendCapabilities> ProbeAsync(CancellationToken cancellationToken) => _probe.ProbeAsync(cancellationToken);

    public Task<BackendFacts> DescribeAsync(CancellationToken cancellationToken) => _probe.DescribeAsync(cancellationToken);

    public Task<BackendImage?> ResolveImageAsync(string reference, CancellationToken cancellationToken) =>
        _images.FindAsync(ImageReference.Parse(reference), cancellationToken);

    public Task<BackendImage> PullImageAsync(string reference, IProgress<ImagePullProgress>? progress, CancellationToken cancellationToken) =>
        _pull.PullAsync(ImageReference.Parse(reference), progress, cancellationToken);

    public Task AskRegistryAsync(string reference, CancellationToken cancellationToken) =>
        _pull.AskAsync(ImageReference.Parse(reference), cancellationToken);

    public Task<IReadOnlyList<BackendImage>> ListImagesAsync(CancellationToken cancellationToken) => _images.ListAsync(cancellationToken);

    public Task<IContainerLease> StartContainerAsync(ContainerSpec spec, CancellationToken cancellationToken) =>
        _starter.StartAsync(spec, cancellationToken);

    public Task<ISessionChannel> OpenSessionAsync(SessionSpec spec, CancellationToken cancellationToken) =>
        _sessions.OpenAsync(spec, cancellationToken);

    public Task UpdateContainerAsync(string containerId, ContainerUpdate update, CancellationToken cancellationToken) =>
        _changes.ApplyAsync(containerId, update, cancellationToken);

    public Task<int> GetProcessIdAsync(string containerId, CancellationToken cancellationToken) =>
        _statistics.GetProcessIdAsync(containerId, cancellationToken);

    public Task<ResourceReading> ReadStatisticsAsync(string containerId, CancellationToken cancellationToken) =>
        _statistics.ReadAsync(containerId, cancellationToken);

    public Task<IReadOnlyList<BackendContainer>> ListContainersAsync(string label, CancellationToken cancellationToken) =>
        _lookup.ListAsync(label, cancellationToken);

    public Task<bool> RemoveContainerAsync(string containerId, CancellationToken cancellationToken) =>
        _removal.RemoveAsync(containerId, cancellationToken);

    public Task<string> CreateNetworkAsync(NetworkSpec spec, CancellationToken cancellationToken) => _networks.CreateAsync(spec, cancellationToken);

    public Task<IReadOnlyList<BackendNetwork>> ListNetworksAsync(CancellationToken cancellationToken) => _networks.ListAsync(cancellationToken);

    public Task<bool> RemoveNetworkAsync(string networkId, CancellationToken cancellationToken) => _networks.RemoveAsync(networkId, cancellationToken);

    public IAsyncEnumerable<BackendEvent> WatchAsync(string label, DateTimeOffset? since, CancellationToken cancellationToken) =>
        _events.WatchContainersAsync(label, since, cancellationToken);

    public IAsyncEnumerable<DateTimeOffset> WatchImagesAsync(DateTimeOffset? since, CancellationToken cancellationToken) =>
        _events.WatchImagesAsync(since, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        // What still has to be removed needs the client.
        await _leftovers.DisposeAsync().ConfigureAwait(false);
        _client.Dispose();
        if (_way is not null)
            await _way.DisposeAsync().ConfigureAwait(false);
    }
}
