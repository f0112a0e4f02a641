using System.Collections.Concurrent;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>
/// Opens sessions as processes of this machine, so that what runs in containers runs without an engine. Whatever ends or signals
/// processes must never be asked of it: outside a container that would hit everything.
/// </summary>
internal sealed class LocalShellBackend(string shell, string workingDirectory) : ISandboxBackend
{
    /// <summary>The sessions that were opened.</summary>
    public ConcurrentQueue<LocalShellChannel> Sessions { get; } = new();

    public Task<ISessionChannel> OpenSessionAsync(SessionSpec spec, CancellationToken cancellationToken)
    {
        var channel = new LocalShellChannel(LocalShell.Start(shell, spec.Command, spec.GroupId, workingDirectory));
        Sessions.Enqueue(channel);
        return Task.FromResult<ISessionChannel>(channel);
    }

    public Task<BackendCapabilities> ProbeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<BackendFacts> DescribeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task AskRegistryAsync(string reference, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<BackendImage?> ResolveImageAsync(string reference, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<BackendImage> PullImageAsync(string reference, IProgress<ImagePullProgress>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<BackendImage>> ListImagesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IContainerLease> StartContainerAsync(ContainerSpec spec, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task UpdateContainerAsync(string containerId, ContainerUpdate update, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> GetProcessIdAsync(string containerId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ResourceReading> ReadStatisticsAsync(string containerId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<BackendContainer>> ListContainersAsync(string label, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> RemoveContainerAsync(string containerId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<string> CreateNetworkAsync(NetworkSpec spec, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<BackendNetwork>> ListNetworksAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> RemoveNetworkAsync(string networkId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<BackendEvent> WatchAsync(string label, DateTimeOffset? since, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<DateTimeOffset> WatchImagesAsync(DateTimeOffset? since, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
