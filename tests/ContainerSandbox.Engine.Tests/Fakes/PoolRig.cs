using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Images;
using ContainerSandbox.Engine.Networks;
using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Pools;
using ContainerSandbox.Engine.Slots;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>A pool on a fake engine, with the event feed connected by hand.</summary>
internal sealed class PoolRig : IAsyncDisposable
{
    private readonly SlotIndex _index;
    private readonly PoolTraffic _traffic;

    public PoolRig(int target, int first = 4, int later = 1, TimeSpan? maximumAge = null, TimeSpan? idleTimeout = null)
    {
        Clock = new TestClock();
        _index = new SlotIndex(Clock);
        _traffic = new PoolTraffic(Clock);
        Backend = new FakeBackend(Clock);
        Background = new BackgroundWork(NullLogger.Instance);
        var identity = new SandboxIdentity("0123abcd", "default", OwnerIdentity.Current);
        var (specs, userIds) = (new SlotSpecFactory(identity, Clock), UserIdBlock.Draw(Backend.Capabilities));
        var networks = new SandboxNetworks(Backend, identity, new NetworkProof(Backend, specs, userIds, Clock), Clock, NullLogger.Instance);
        var factory = new SlotFactory(
            Backend, specs, userIds, networks, _index, TimeSpan.FromSeconds(60), null, Background,
            Clock, NullLogger.Instance);
        Slots = new PoolSlots(new ImageLibrary(Backend, StartupOptimization.Development, NullLogger.Instance), factory);
        var template = new SandboxTemplate("default", "image:1", new ResourceLimits(1L << 29, 1, 256), "{}");
        Pool = new SandboxPool(
            template, target, Slots, new RefillPace(first, later, Clock), _traffic, Background, Clock,
            NullLogger.Instance, maximumAge: maximumAge, idleTimeout: idleTimeout);
    }

    public TestClock Clock { get; }

    public FakeBackend Backend { get; }

    public BackgroundWork Background { get; }

    public SandboxPool Pool { get; }

    public ISlotSource Slots { get; }

    /// <summary>Containers that were asked for.</summary>
    public int Creates => Backend.Count(BackendCall.Start);

    public SandboxPoolInfo Info => Pool.GetInfo("0123abcd");

    public Task FillAsync() => Eventually.EndsAsync(Pool.FillAsync(_ => { }, CancellationToken.None));

    /// <summary>Another pool of the same sandbox.</summary>
    public SandboxPool AddPool(string name, int target, ISlotSource slots, int first) => new(
        Pool.Template with { Name = name }, target, slots, new RefillPace(first, 1, Clock), _traffic, Background, Clock, NullLogger.Instance);

    /// <summary>Changes how many the pool keeps ready.</summary>
    public void Resize(int target) => Pool.Change(Pool.Template, target);

    /// <summary>A claim as the pool sees it.</summary>
    public Slot Claim()
    {
        var slot = Pool.TryTake();
        Assert.NotNull(slot);
        Pool.Claimed(slot);
        return slot;
    }

    /// <summary>Lets the pool fill again after a claim.</summary>
    public async Task RefillAsync()
    {
        await Clock.PassAsync(TimeSpan.FromMilliseconds(20));
        await UntilFullAsync();
    }

    public Task UntilFullAsync() => Eventually.TrueAsync(
        () => Info is { Creating: 0, Removing: 0 } info && info.Ready == info.Target, $"the pool is full, not {Info}");

    /// <summary>Waits until the pool does nothing more.</summary>
    public async Task SettleAsync()
    {
        var idle = Background.DrainAsync();
        await Eventually.PassTimeAsync(Clock, TimeSpan.FromMilliseconds(20), () => idle.IsCompleted, "nothing goes on");
    }

    /// <summary>A container ends, and the engine says so.</summary>
    public void Kill(string containerId)
    {
        Backend.End(Backend.Containers.Single(container => container.Id == containerId), 137);
        Tell(containerId);
    }

    /// <summary>The engine says that a container ended.</summary>
    public void Tell(string containerId)
    {
        _index.Apply(new BackendEvent(BackendEventKind.Destroyed, containerId, Clock.GetUtcNow()));
        Pool.OnContainerGone(containerId);
    }

    public async ValueTask DisposeAsync()
    {
        Pool.Close();
        await Background.DisposeAsync();
    }
}
