using System.Collections.Concurrent;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>An engine in memory. Everything works at once unless a test says otherwise.</summary>
internal sealed class FakeBackend(TimeProvider timeProvider) : ISandboxBackend
{
    private readonly ConcurrentDictionary<string, FakeContainer> _containers = new();
    private readonly ConcurrentDictionary<BackendCall, Func<int, CancellationToken, Task>> _before = new();
    private readonly ConcurrentDictionary<BackendCall, int> _counts = new();
    private readonly ConcurrentDictionary<string, string> _moved = new();
    private readonly ConcurrentDictionary<string, BackendNetwork> _networks = new();
    private int _made;

    public BackendCapabilities Capabilities { get; set; } = new(FakeEngine.Info, 1, int.MaxValue);

    public BackendImage? Image { get; set; } = new("sha256:1", ["image:1"], ["PATH=/usr/bin:/bin"], []);

    public FakeEventFeed<BackendEvent> Feed { get; } = new(happened => happened.At);

    public FakeEventFeed<DateTimeOffset> ImageFeed { get; } = new(at => at);

    /// <summary>Images that are not there, and whether a registry has them. Every other is there, under an identity of its own.</summary>
    public ConcurrentDictionary<string, bool> Missing { get; } = new();

    /// <summary>What was pulled, also what could not be.</summary>
    public ConcurrentQueue<string> Pulls { get; } = new();

    public bool IsDisposed { get; private set; }

    /// <summary>True: a listing shows what there was when it was asked for, however late it answers.</summary>
    public bool ListsWhatWas { get; set; }

    /// <summary>False: what is over is not kept, as a long test would keep very much.</summary>
    public bool RemembersAll { get; set; } = true;

    /// <summary>Containers that are gone and that the engine lists all the same.</summary>
    public ConcurrentQueue<FakeContainer> Ghosts { get; } = new();

    /// <summary>Called for each container before it counts as started.</summary>
    public Action<FakeContainer> OnStart { get; set; } = _ => { };

    /// <summary>The containers that the engine knows, oldest first.</summary>
    public IReadOnlyList<FakeContainer> Containers => [.. _containers.Values.OrderBy(container => container.Id, StringComparer.Ordinal)];

    /// <summary>Every container that there ever was, oldest first.</summary>
    public ConcurrentQueue<FakeContainer> History { get; } = new();

    /// <summary>The updates that were asked for.</summary>
    public ConcurrentQueue<(string ContainerId, ContainerUpdate Update)> Updates { get; } = new();

    /// <summary>Calls of a kind so far, also those that failed.</summary>
    public int Count(BackendCall call) => _counts.GetValueOrDefault(call);

    /// <summary>What calls of a kind do first; gets the number of the call, from 1 on.</summary>
    public void Before(BackendCall call, Func<int, CancellationToken, Task> work) => _before[call] = work;

    /// <summary>Calls of a kind fail from now on.</summary>
    public void Fail(BackendCall call, Func<Exception> exception) => Before(call, (_, _) => throw exception());

    /// <summary>Calls of a kind wait at a gate from now on.</summary>
    public CallGate Hold(BackendCall call)
    {
        var gate = new CallGate();
        Before(call, (_, cancellationToken) => gate.PassAsync(cancellationToken));
        return gate;
    }

    /// <summary>Calls of a kind work again.</summary>
    public void Heal(BackendCall call) => _before.TryRemove(call, out _);

    /// <summary>A container that was there before.</summary>
    public FakeContainer Plant(string name, IReadOnlyDictionary<string, string> labels, BackendContainerState state)
    {
        var container = new FakeContainer(this, NewId(), FakeEngine.Spec(name, labels)) { State = state };
        _containers[container.Id] = container;
        return container;
    }

    /// <summary>The networks that the engine knows.</summary>
    public IReadOnlyList<BackendNetwork> Networks => [.. _networks.Values.OrderBy(network => network.Id, StringComparer.Ordinal)];

    /// <summary>A network that was there before.</summary>
    public BackendNetwork PlantNetwork(string name, IReadOnlyDictionary<string, string> labels)
    {
        var id = NewId();
        return _networks[id] = new BackendNetwork(id, name, labels);
    }

    /// <summary>A container ends and the engine removes it, as it does with all of ours.</summary>
    public void End(FakeContainer container, int exitCode)
    {
        if (!_containers.TryRemove(container.Id, out _))
            return;
        container.State = BackendContainerState.Ended;
        container.IsPresent = false;
        container.EndSessions();
        container.BreakLease();
        Feed.Emit(new BackendEvent(BackendEventKind.Died, container.Id, timeProvider.GetUtcNow(), exitCode));
        Feed.Emit(new BackendEvent(BackendEventKind.Destroyed, container.Id, timeProvider.GetUtcNow()));
    }

    public async Task<BackendCapabilities> ProbeAsync(CancellationToken cancellationToken)
    {
        await EnterAsync(BackendCall.Probe, cancellationToken);
        return Capabilities;
    }

    /// <summary>What the engine says of its machine; its clock is that of the test.</summary>
    public BackendFacts Facts { get; set; } = new(null, "engine", "", [], false);

    public async Task<BackendFacts> DescribeAsync(CancellationToken cancellationToken)
    {
        await EnterAsync(BackendCall.Describe, cancellationToken);
        return Facts;
    }

    public async Task AskRegistryAsync(string reference, CancellationToken cancellationToken)
    {
        await EnterAsync(BackendCall.AskRegistry, cancellationToken);
        if (Missing.TryGetValue(reference, out var canBePulled) && !canBePulled)
            throw EngineFault.NoImage(reference);
    }

    public async Task<BackendImage?> ResolveImageAsync(string reference, CancellationToken cancellationToken)
    {
        await EnterAsync(BackendCall.ResolveImage, cancellationToken);
        return Missing.ContainsKey(reference) ? null : Find(reference);
    }

    public async Task<BackendImage> PullImageAsync(string reference, IProgress<ImagePullProgress>? progress, CancellationToken cancellationToken)
    {
        Pulls.Enqueue(reference);
        await EnterAsync(BackendCall.PullImage, cancellationToken);
        if (Missing.TryGetValue(reference, out var canBePulled) && !canBePulled)
            throw EngineFault.NoImage(reference);
        Missing.TryRemove(reference, out _);
        return Find(reference) ?? (Image = new BackendImage("sha256:pulled", [reference], [], []));
    }

    public async Task<IReadOnlyList<BackendImage>> ListImagesAsync(CancellationToken cancellationToken)
    {
        await EnterAsync(BackendCall.ListImages, cancellationToken);
        return Image is { } image ? [image] : [];
    }

    public async Task<IContainerLease> StartContainerAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        await EnterAsync(BackendCall.Start, cancellationToken);
        var container = new FakeContainer(this, NewId(), spec);
        OnStart(container);
        _containers[container.Id] = container;
        if (RemembersAll)
            History.Enqueue(container);
        Feed.Emit(new BackendEvent(BackendEventKind.Started, container.Id, timeProvider.GetUtcNow()));
        return new FakeLease(container);
    }

    public async Task<ISessionChannel> OpenSessionAsync(SessionSpec spec, CancellationToken cancellationToken)
    {
        await EnterAsync(BackendCall.OpenSession, cancellationToken);
        return Get(spec.ContainerId).Open(spec);
    }

    public async Task UpdateContainerAsync(string containerId, ContainerUpdate update, CancellationToken cancellationToken)
    {
        if (RemembersAll)
            Updates.Enqueue((containerId, update));
        await EnterAsync(BackendCall.Update, cancellationToken);
        var container = Get(containerId);
        container.Limits = update.Limits ?? container.Limits;
        container.Name = update.Name ?? container.Name;
    }

    /// <summary>What the engine counts of a container.</summary>
    public Func<FakeContainer, ResourceReading> OnStatistics { get; set; } = _ => new ResourceReading();

    // Processes of another machine, as far as a test can tell.
    public async Task<int> GetProcessIdAsync(string containerId, CancellationToken cancellationToken)
    {
        await EnterAsync(BackendCall.GetProcessId, cancellationToken);
        _ = Get(containerId);
        return int.MaxValue;
    }

    public async Task<ResourceReading> ReadStatisticsAsync(string containerId, CancellationToken cancellationToken)
    {
        await EnterAsync(BackendCall.ReadStatistics, cancellationToken);
        return OnStatistics(Get(containerId));
    }

    public async Task<IReadOnlyList<BackendContainer>> ListContainersAsync(string label, CancellationToken cancellationToken)
    {
        var before = Containers;
        await EnterAsync(BackendCall.List, cancellationToken);
        return [.. (ListsWhatWas ? before : Containers).Concat(Ghosts).Where(container => FakeEngine.Matches(container.Spec.Labels, label))
            .Select(container => new BackendContainer(container.Id, container.Name, container.State, container.Spec.Labels))];
    }

    public async Task<bool> RemoveContainerAsync(string containerId, CancellationToken cancellationToken)
    {
        await EnterAsync(BackendCall.Remove, cancellationToken);
        if (!_containers.TryGetValue(containerId, out var container))
            return false;
        if (!container.IsStuck)
            End(container, 137);
        return true;
    }

    public async Task<string> CreateNetworkAsync(NetworkSpec spec, CancellationToken cancellationToken)
    {
        await EnterAsync(BackendCall.CreateNetwork, cancellationToken);
        return PlantNetwork(spec.Name, spec.Labels).Id;
    }

    public async Task<IReadOnlyList<BackendNetwork>> ListNetworksAsync(CancellationToken cancellationToken)
    {
        await EnterAsync(BackendCall.ListNetworks, cancellationToken);
        return Networks;
    }

    public async Task<bool> RemoveNetworkAsync(string networkId, CancellationToken cancellationToken)
    {
        await EnterAsync(BackendCall.RemoveNetwork, cancellationToken);
        if (Containers.Any(container => container.Spec.Network == networkId))
            throw EngineFault.Refused();
        return _networks.TryRemove(networkId, out _);
    }

    public IAsyncEnumerable<BackendEvent> WatchAsync(string label, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        _counts.AddOrUpdate(BackendCall.Watch, 1, (_, count) => count + 1);
        return Feed.ReadAsync(since, cancellationToken);
    }

    public IAsyncEnumerable<DateTimeOffset> WatchImagesAsync(DateTimeOffset? since, CancellationToken cancellationToken) =>
        ImageFeed.ReadAsync(since, cancellationToken);

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    /// <summary>A name stands for another image from now on, and the engine says so.</summary>
    public void MoveTag(string reference, string imageId)
    {
        _moved[reference] = imageId;
        ImageFeed.Emit(timeProvider.GetUtcNow());
    }

    private BackendImage? Find(string reference) =>
        _moved.TryGetValue(reference, out var id) ? new BackendImage(id, [reference], [], [])
        : Image is null || Image.References.Contains(reference) ? Image : new BackendImage($"sha256:{reference}", [reference], Image.EnvironmentVariables, []);

    private string NewId() => $"{Interlocked.Increment(ref _made):d8}";

    private FakeContainer Get(string containerId) =>
        _containers.TryGetValue(containerId, out var container) ? container : throw EngineFault.NoContainer();

    private async Task EnterAsync(BackendCall call, CancellationToken cancellationToken)
    {
        var number = _counts.AddOrUpdate(call, 1, (_, count) => count + 1);
        cancellationToken.ThrowIfCancellationRequested();
        if (_before.TryGetValue(call, out var work))
            await work(number, cancellationToken);
    }
}
