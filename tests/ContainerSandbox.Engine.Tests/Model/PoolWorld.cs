using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Pools;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContainerSandbox.Engine.Tests.Model;

/// <summary>
/// A pool in a world in which everything happens on one thread and in an order that can be repeated, beside a simple model of it: who has
/// which container. What must always hold is checked after everything that happens.
/// </summary>
internal sealed partial class PoolWorld
{
    private static readonly TimeSpan MaximumAge = TimeSpan.FromHours(6);
    private static readonly TimeSpan[] Spans =
    [
        TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(10), TimeSpan.FromHours(1), TimeSpan.FromHours(7),
    ];

    private static readonly TimeSpan[] Jumps = [TimeSpan.FromHours(1), TimeSpan.FromHours(-1), TimeSpan.FromDays(1), TimeSpan.FromDays(-1)];

    private readonly TestClock _clock = new();
    private readonly StepScheduler _scheduler = new();
    private readonly BackgroundWork _background;
    private readonly ModelEngine _engine;
    private readonly SandboxPool _pool;
    private readonly int _first;
    private int _most;
    private int _shrunk;
    private bool _isClosed;
    private string? _fault;

    public PoolWorld(int target, int first, int later)
    {
        _first = first;
        _background = new BackgroundWork(NullLogger.Instance, _scheduler.Run);
        _engine = new ModelEngine(_clock, _background, Released);
        _pool = new SandboxPool(
            _engine.Template, target, _engine, new RefillPace(first, Math.Min(first, later), _clock),
            new PoolTraffic(_clock), _background, _clock, NullLogger.Instance, maximumAge: MaximumAge);
        _pool.Begin();
        Check();
    }

    private SandboxPoolInfo Info => _pool.GetInfo("0123abcd");

    private List<ModelContainer> With(Fate fate) => _engine.Containers.FindAll(container => container.Fate == fate);

    /// <summary>Lets something happen and checks what must hold.</summary>
    public void Happen(Happening what, int which)
    {
        switch (what)
        {
            case Happening.Take: Take(); break;
            case Happening.Claim: OnOne(With(Fate.Lent), which, Claim); break;
            case Happening.PutBack: OnOne(With(Fate.Lent), which, PutBack); break;
            case Happening.Discard: OnOne(With(Fate.Lent), which, Discard); break;
            case Happening.Die: OnOne(Living(), which, container => Die(container, isTold: true)); break;
            case Happening.DieUntold: OnOne(Living(), which, container => Die(container, isTold: false)); break;
            case Happening.AllDie: Living().ForEach(container => Die(container, isTold: true)); break;
            case Happening.EngineDown: _engine.GoDown(); break;
            case Happening.EngineUp: _engine.ComeUp(); break;
            case Happening.StartSucceeds: _engine.FinishStart(which); break;
            case Happening.StartFails: _engine.FailStart(which); break;
            case Happening.ClosingEnds: OnOne(_engine.Containers.FindAll(container => container.IsClosing), which, container => container.FinishClosing()); break;
            case Happening.WorkGoesOn: _scheduler.Step(which); break;
            case Happening.TimePasses: _clock.Advance(Spans[which % Spans.Length]); break;
            case Happening.ClockJumps: _clock.Jump(Jumps[which % Jumps.Length]); break;
            case Happening.Resize: Resize(which % 7); break;
        }

        Check();
    }

    private static void OnOne(List<ModelContainer> containers, int which, Action<ModelContainer> act)
    {
        if (containers.Count > 0)
            act(containers[which % containers.Count]);
    }

    private List<ModelContainer> Living() =>
        _engine.Containers.FindAll(container => container is { IsReleased: false, Slot.IsGone: false, Fate: Fate.Pooled or Fate.Lent });

    private void Take()
    {
        if (_pool.TryTake() is not { } slot)
            return;
        var container = _engine.Containers.Single(each => each.Slot == slot);
        Assert.True(container.Fate == Fate.Pooled, $"container {slot.Name} was handed out although it is {container.Fate}");
        Assert.False(container.IsReleased, $"container {slot.Name} was handed out after it was ended");
        Assert.False(slot.IsGone, $"container {slot.Name} was handed out dead");
        container.Fate = Fate.Lent;
    }

    private void Claim(ModelContainer container)
    {
        container.Fate = Fate.Claimed;
        _pool.Claimed(container.Slot);
    }

    private void PutBack(ModelContainer container)
    {
        container.Fate = container.Slot.IsGone ? Fate.Dead : Fate.Pooled;
        container.IsUntold = false;
        _pool.PutBack(container.Slot);
    }

    private void Discard(ModelContainer container)
    {
        container.Fate = Fate.Discarded;
        _pool.Discard(container.Slot, "test");
    }

    private void Die(ModelContainer container, bool isTold)
    {
        container.Slot.MarkGone("the test ended it");
        if (container.Fate == Fate.Pooled)
        {
            container.Fate = Fate.Dead;
            container.IsUntold = true;
        }

        if (isTold)
            Tell(container);
    }

    private void Tell(ModelContainer container)
    {
        container.IsUntold = false;
        _pool.OnContainerGone(container.ContainerId);
    }

    private void Resize(int target)
    {
        _shrunk += Math.Max(0, _pool.Target - target);
        _pool.Change(_pool.Template, target);
    }
}
