namespace ContainerSandbox.Engine.Tests.Model;

/// <summary>What must hold.</summary>
internal sealed partial class PoolWorld
{
    /// <summary>Lets everything end and checks that the pool is whole: at its target, with nothing lost and nothing superfluous.</summary>
    public void Settle()
    {
        _engine.ComeUp();
        With(Fate.Lent).ForEach(PutBack);
        _engine.Containers.FindAll(container => container.IsUntold).ForEach(Tell);
        for (var turn = 0; turn < 500 && !IsQuiet(); turn++)
        {
            GoOn();
            _clock.Advance(TimeSpan.FromMilliseconds(turn < 50 ? 20 : 1000));
            Check();
        }

        Assert.True(IsQuiet(), $"the pool does not come to rest: {Info}");
        Assert.Equal(_pool.Target, _engine.Containers.Count(container => container is { IsReleased: false, Fate: Fate.Pooled }));
        TakeAll();
    }

    /// <summary>Closes the pool, whatever goes on, and checks that nothing stays and nothing begins.</summary>
    public void Close()
    {
        With(Fate.Lent).ForEach(Claim);
        _isClosed = true;
        foreach (var slot in _pool.Close())
            _engine.Containers.Single(container => container.Slot == slot).Fate = Fate.HandedOver;
        var idle = _background.DrainAsync();
        var asked = _engine.Asked + _scheduler.Waiting;
        for (var turn = 0; turn < 500 && !idle.IsCompleted; turn++)
        {
            GoOn();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(idle.IsCompletedSuccessfully, "something goes on after the end");
        Assert.True(_engine.Asked <= asked, "something was started after the end");
        Assert.Null(_pool.TryTake());
        Assert.Equal((0, 0, 0), (Info.Ready, Info.Creating, Info.Removing));
        Assert.All(_engine.Containers, container => Assert.True(
            container.IsReleased || container.Fate is Fate.Claimed or Fate.HandedOver || container.IsUntold, $"{container.ContainerId} is lost"));
        Assert.DoesNotContain(_engine.Containers, container => container is { IsReleased: true, Fate: Fate.Claimed or Fate.HandedOver });
    }

    // Exactly as many slots as are said to be ready can be had, and no other.
    private void TakeAll()
    {
        var ready = _pool.Ready;
        for (var taken = 0; taken <= ready; taken++)
            Take();
        Assert.Equal(ready, With(Fate.Lent).Count);
        With(Fate.Lent).ForEach(PutBack);
    }

    private bool IsQuiet() => Info is { Creating: 0, Removing: 0 } info && info.Ready == info.Target && _scheduler.Waiting == 0;

    private void GoOn()
    {
        RunAll();
        while (_engine.Starting > 0)
        {
            _engine.FinishStart(0);
            Check();
        }

        foreach (var closing in _engine.Containers.Where(container => container.IsClosing))
        {
            closing.FinishClosing();
            Check();
        }

        RunAll();
    }

    private void RunAll()
    {
        while (_scheduler.Waiting > 0)
        {
            _scheduler.Step(0);
            Check();
        }
    }

    private void Check()
    {
        Assert.Null(_fault);
        var info = Info;
        var lent = With(Fate.Lent).Count;
        var all = info.Ready + info.Creating + info.Removing + lent;

        // One that is too old counts for one more until it is gone.
        var isAged = _engine.Containers.Exists(container => container is { IsClosed: false, Fate: Fate.Pooled or Fate.Dead } && IsAged(container));
        var allowed = info.Target + (isAged ? 1 : 0);

        // What is there when the target shrinks may stay until it ends; nothing may be added to it.
        Assert.True(all <= Math.Max(allowed, _most), $"{all} for a target of {info.Target}: {info}, {lent} lent");
        _most = all;

        // What may still go because the target shrank: what is being ended already, and what is too many.
        _shrunk = Math.Min(_shrunk, info.Removing + Math.Max(0, all - info.Target));
        Assert.True(_engine.Starting <= _first, $"{_engine.Starting} starts at once, {_first} allowed");
        Assert.True(info.Creating >= _engine.Starting, "a start is not counted");
    }

    // Told by a lease that ends, in work whose failure nobody would hear of. The pool may end a living container of its own only for its age or because the target shrank.
    private void Released(ModelContainer container)
    {
        if (container.Fate != Fate.Pooled || container.Slot.IsGone || _isClosed || IsAged(container))
            return;
        if (--_shrunk < 0)
            _fault ??= $"container {container.ContainerId} was ended for nothing";
    }

    private bool IsAged(ModelContainer container) => _clock.GetElapsedTime(container.Slot.ReadySince) >= MaximumAge;
}
