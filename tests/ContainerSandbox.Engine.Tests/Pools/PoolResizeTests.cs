namespace ContainerSandbox.Engine.Tests.Pools;

/// <summary>A target that changes while the pool works.</summary>
public sealed class PoolResizeTests
{
    [Fact]
    public async Task A_larger_target_starts_the_difference()
    {
        await using var rig = new PoolRig(2);
        await rig.FillAsync();
        rig.Resize(5);
        await rig.UntilFullAsync();
        await rig.SettleAsync();
        Assert.Equal((5, 5, 5), (rig.Pool.Target, rig.Pool.Ready, rig.Creates));
    }

    [Fact]
    public async Task A_smaller_target_ends_the_oldest()
    {
        await using var rig = new PoolRig(5, first: 1);
        rig.Backend.OnStart = _ => rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await rig.FillAsync();
        var containers = rig.Backend.Containers;
        rig.Resize(2);
        await rig.SettleAsync();
        Assert.Equal([true, true, true, false, false], containers.Select(container => container.IsReleased));
        Assert.Equal((2, 5), (rig.Pool.Ready, rig.Creates));
    }

    [Fact]
    public async Task What_was_being_started_for_a_larger_target_is_not_kept()
    {
        await using var rig = new PoolRig(4);
        var gate = rig.Backend.Hold(BackendCall.Start);
        var filling = rig.FillAsync();
        await gate.UntilArrivedAsync(4);
        rig.Resize(1);
        gate.Open();
        await filling;
        await rig.SettleAsync();
        Assert.Equal((1, 1, 4), (rig.Pool.Ready, rig.Backend.Containers.Count, rig.Creates));
    }

    [Fact]
    public async Task Without_a_target_it_has_nothing_and_with_one_again_it_fills()
    {
        await using var rig = new PoolRig(3);
        await rig.FillAsync();
        rig.Resize(0);
        await rig.SettleAsync();
        Assert.Equal((PoolState.Disabled, 0), (rig.Pool.State, rig.Backend.Containers.Count));
        rig.Resize(2);
        await rig.UntilFullAsync();
        Assert.Equal((PoolState.Ready, 5), (rig.Pool.State, rig.Creates));
    }

    [Fact]
    public async Task Whoever_waits_for_a_filling_hears_of_the_smaller_target()
    {
        await using var rig = new PoolRig(3);
        var gate = rig.Backend.Hold(BackendCall.Start);
        var filling = rig.FillAsync();
        await gate.UntilArrivedAsync(3);
        Assert.False(filling.IsCompleted);
        rig.Resize(0);
        await filling;
        gate.Open();
        await rig.SettleAsync();
        Assert.Empty(rig.Backend.Containers);
    }

    [Fact]
    public async Task A_slot_that_was_lent_when_the_target_shrank_goes_when_it_comes_back()
    {
        await using var rig = new PoolRig(2);
        await rig.FillAsync();
        var lent = rig.Pool.TryTake()!;
        rig.Resize(1);
        await rig.SettleAsync();
        Assert.Equal(1, rig.Pool.Ready);
        rig.Pool.PutBack(lent);
        await rig.SettleAsync();
        Assert.Equal((1, 1, 2), (rig.Pool.Ready, rig.Backend.Containers.Count, rig.Creates));
    }
}
