using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Commands;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Sessions;
using ContainerSandbox.Engine.Slots;
using ContainerSandbox.Engine.Watching;

namespace ContainerSandbox.Engine.Tests.Model;

/// <summary>An engine whose starts and closings end when the model says so, on the model's own thread.</summary>
internal sealed class ModelEngine(TestClock clock, BackgroundWork background, Action<ModelContainer> released) : ISlotSource
{
    private readonly FakeBackend _backend = new(clock);
    private readonly List<TaskCompletionSource<Slot>> _starts = [];
    private readonly SlotIdentity _identity = UserIdBlock.Draw(new BackendCapabilities(FakeEngine.Info, 1, int.MaxValue)).Next();

    public SandboxTemplate Template { get; } = new("default", "image:1", new ResourceLimits(1L << 29, 1, 256), "{}");

    /// <summary>Every container that there ever was.</summary>
    public List<ModelContainer> Containers { get; } = [];

    public int Starting => _starts.Count;

    /// <summary>Starts that were asked for.</summary>
    public int Asked { get; private set; }

    public bool IsDown { get; private set; }

    public Task<Slot> StartAsync(SandboxTemplate template, CancellationToken cancellationToken)
    {
        Asked++;
        if (IsDown)
            return Task.FromException<Slot>(EngineFault.Silent());
        var start = new TaskCompletionSource<Slot>();
        _starts.Add(start);
        return start.Task;
    }

    public void GoDown()
    {
        IsDown = true;
        while (Starting > 0)
            FailStart(0);
    }

    public void ComeUp() => IsDown = false;

    public void FailStart(int which)
    {
        if (TakeStart(which) is { } start)
            start.SetException(EngineFault.Refused());
    }

    public void FinishStart(int which)
    {
        if (TakeStart(which) is not { } start)
            return;
        var container = new ModelContainer($"{Containers.Count}", released);
        container.Slot = new Slot(
            container.ContainerId, Template, "image", Template.Limits, container, new SessionSet(_backend, container.ContainerId, _identity, background, clock),
            new IsolatedSessions(_backend, container.ContainerId, _identity, "", background, clock), new MemoryWatch(new EngineClock(clock), clock));
        Containers.Add(container);
        start.SetResult(container.Slot);
    }

    private TaskCompletionSource<Slot>? TakeStart(int which)
    {
        if (Starting == 0)
            return null;
        var start = _starts[which % Starting];
        _starts.Remove(start);
        return start;
    }
}
