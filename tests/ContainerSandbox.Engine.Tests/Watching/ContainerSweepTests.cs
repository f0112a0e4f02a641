using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Watching;

namespace ContainerSandbox.Engine.Tests.Watching;

/// <summary>What the engine has and nobody here wants is handed over after a while; what is somebody's never.</summary>
public sealed class ContainerSweepTests
{
    private static readonly SandboxIdentity Sandbox = new("0123abcd", "default", OwnerIdentity.Current);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly TestClock _clock = new();
    private readonly FakeBackend _backend;
    private readonly HashSet<string> _wanted = [];
    private readonly List<string> _handedOver = [];
    private readonly ContainerSweep _sweep;

    public ContainerSweepTests()
    {
        _backend = new FakeBackend(_clock);
        _sweep = new ContainerSweep(
            _backend, Sandbox, () => [], container => _wanted.Contains(container.Id), _ => { }, container => _handedOver.Add(container.Id), _clock);
    }

    [Theory]
    [InlineData(BackendContainerState.Created)]
    [InlineData(BackendContainerState.Running)]
    [InlineData(BackendContainerState.Paused)]
    [InlineData(BackendContainerState.Ended)]
    public async Task A_stray_is_handed_over_after_the_grace_and_not_before(BackendContainerState state)
    {
        var stray = Plant(state: state);
        await SweepAsync(TimeSpan.Zero);
        await SweepAsync(Grace - TimeSpan.FromSeconds(1));
        Assert.Empty(_handedOver);
        await SweepAsync(TimeSpan.FromSeconds(1));
        Assert.Equal([stray.Id], _handedOver);
    }

    [Fact]
    public async Task What_is_wanted_again_gets_its_whole_grace_the_next_time()
    {
        var container = Plant();
        await SweepAsync(TimeSpan.Zero);
        _wanted.Add(container.Id);
        await SweepAsync(Grace);
        _wanted.Remove(container.Id);
        await SweepAsync(Grace);
        Assert.Empty(_handedOver);
        await SweepAsync(Grace);
        Assert.Equal([container.Id], _handedOver);
    }

    [Fact]
    public async Task Nothing_of_another_owner_or_sandbox_or_name_is_handed_over()
    {
        var owner = OwnerIdentity.Current;
        Plant(labels: new SandboxIdentity("0123abcd", "default", owner with { ProcessId = owner.ProcessId + 1 }).Labels("default", _clock.GetUtcNow()));
        Plant(name: "cs-ffffffff-0001", labels: new SandboxIdentity("ffffffff", "default", owner).Labels("default", _clock.GetUtcNow()));
        Plant(name: "web");
        Plant(name: "");
        await SweepAsync(TimeSpan.Zero);
        await SweepAsync(Grace * 10);
        Assert.Empty(_handedOver);
    }

    private FakeContainer Plant(
        string name = "cs-0123abcd-0001", IReadOnlyDictionary<string, string>? labels = null, BackendContainerState state = BackendContainerState.Running) =>
        _backend.Plant(name, labels ?? Sandbox.Labels("default", _clock.GetUtcNow()), state);

    private Task SweepAsync(TimeSpan later)
    {
        _clock.Advance(later);
        return _sweep.RunAsync(CancellationToken.None);
    }
}
