namespace ContainerSandbox.Engine.Tests.Pools;

/// <summary>Containers end on their own, at any moment.</summary>
public sealed class PoolDeathTests
{
    [Fact]
    public async Task A_slot_that_died_is_replaced_once()
    {
        await using var rig = new PoolRig(3);
        await rig.FillAsync();
        rig.Kill(rig.Backend.Containers[1].Id);
        await rig.UntilFullAsync();
        await rig.SettleAsync();
        Assert.Equal(4, rig.Creates);
        Assert.Equal(3, rig.Backend.Containers.Count);
    }

    [Fact]
    public async Task All_of_them_can_die()
    {
        await using var rig = new PoolRig(4);
        await rig.FillAsync();
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var container in rig.Backend.Containers)
            rig.Kill(container.Id);
        await rig.UntilFullAsync();
        await rig.SettleAsync();
        Assert.Equal(8, rig.Creates);
    }

    [Fact]
    public async Task The_same_death_told_twice_is_one_death()
    {
        await using var rig = new PoolRig(2);
        await rig.FillAsync();
        var dead = rig.Backend.Containers[0].Id;
        rig.Kill(dead);
        rig.Tell(dead);
        await rig.UntilFullAsync();
        await rig.SettleAsync();
        Assert.Equal(3, rig.Creates);
    }

    [Fact]
    public async Task A_slot_whose_container_died_is_not_handed_out()
    {
        await using var rig = new PoolRig(2);
        await rig.FillAsync();
        var gate = rig.Backend.Hold(BackendCall.Start);
        var first = rig.Pool.TryTake()!;
        rig.Pool.PutBack(first);
        rig.Kill(first.ContainerId);
        var second = rig.Pool.TryTake();
        Assert.NotNull(second);
        Assert.NotEqual(first.ContainerId, second.ContainerId);
        Assert.Null(rig.Pool.TryTake());
        gate.Open();
    }

    [Fact]
    public async Task A_slot_that_died_while_it_was_lent_is_not_taken_back()
    {
        await using var rig = new PoolRig(1);
        await rig.FillAsync();
        var lent = rig.Pool.TryTake()!;
        rig.Kill(lent.ContainerId);
        rig.Pool.PutBack(lent);
        await rig.UntilFullAsync();
        Assert.Equal(2, rig.Creates);
        Assert.NotEqual(lent.ContainerId, rig.Pool.TryTake()?.ContainerId);
    }

    [Fact]
    public async Task A_slot_that_died_before_it_was_ready_does_not_count_as_ready()
    {
        await using var rig = new PoolRig(1);
        var killed = false;
        rig.Backend.OnStart = container => container.OnControl = (session, text) =>
        {
            // The last thing that is asked of a slot before it counts as ready.
            if (text.Contains("chmod", StringComparison.Ordinal) && !killed)
            {
                killed = true;
                rig.Tell(container.Id);
            }

            return FakeShell.Obey(session, text);
        };
        var filling = rig.FillAsync();
        await Eventually.TrueAsync(() => rig.Creates == 2, "another is started in its place");
        await filling;
        await rig.SettleAsync();
        Assert.NotEqual(rig.Backend.History.First().Id, rig.Pool.TryTake()?.ContainerId);
    }

    [Fact]
    public async Task A_discarded_slot_counts_as_being_removed_until_it_is_closed()
    {
        await using var rig = new PoolRig(2);
        await rig.FillAsync();
        var slot = rig.Pool.TryTake()!;
        rig.Pool.Discard(slot, "test");
        await rig.UntilFullAsync();
        await rig.SettleAsync();
        Assert.Equal(3, rig.Creates);
        Assert.True(rig.Backend.History.Single(container => container.Id == slot.ContainerId).IsReleased);
    }

    [Fact]
    public async Task Closing_while_some_are_starting_leaves_nothing()
    {
        await using var rig = new PoolRig(4);
        var gate = rig.Backend.Hold(BackendCall.OpenSession);
        _ = rig.Pool.FillAsync(_ => { }, CancellationToken.None);
        await gate.UntilArrivedAsync(8);
        Assert.Empty(rig.Pool.Close());
        gate.Open();
        await rig.SettleAsync();
        Assert.Empty(rig.Backend.Containers);
        Assert.Equal(4, rig.Creates);
        Assert.Null(rig.Pool.TryTake());
    }

    [Fact]
    public async Task Closing_hands_over_what_is_ready_and_starts_nothing_more()
    {
        await using var rig = new PoolRig(3);
        await rig.FillAsync();
        var lent = rig.Pool.TryTake()!;
        var left = rig.Pool.Close();
        rig.Pool.PutBack(lent);
        await rig.SettleAsync();
        Assert.Equal(2, left.Count);
        Assert.Equal(2, rig.Backend.Containers.Count);
        Assert.True(rig.Backend.History.Single(container => container.Id == lent.ContainerId).IsReleased);
        Assert.Equal(3, rig.Creates);
    }

    [Fact]
    public async Task A_refill_that_was_due_when_the_pool_closed_does_not_come()
    {
        await using var rig = new PoolRig(2);
        await rig.FillAsync();
        rig.Claim();
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromMilliseconds(20));
        rig.Pool.Close();
        rig.Clock.Advance(TimeSpan.FromMilliseconds(20));
        await rig.SettleAsync();
        Assert.Equal(2, rig.Creates);
    }
}
