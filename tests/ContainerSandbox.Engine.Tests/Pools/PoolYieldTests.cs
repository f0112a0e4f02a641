namespace ContainerSandbox.Engine.Tests.Pools;

/// <summary>What the pool wants of the engine comes after what a claim wants of it.</summary>
public sealed class PoolYieldTests
{
    private static readonly TimeSpan AMoment = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Nothing_starts_while_a_claim_is_under_way()
    {
        await using var rig = new PoolRig(2);
        await rig.FillAsync();
        var lent = rig.Pool.TryTake()!;
        rig.Kill(rig.Backend.Containers.Single(container => container.Id != lent.ContainerId).Id);
        await rig.Clock.UntilWaitingAsync(AMoment);
        await Eventually.NothingMoreAsync();
        Assert.Equal(2, rig.Creates);
        rig.Pool.PutBack(lent);
        rig.Clock.Advance(AMoment);
        await rig.UntilFullAsync();
        Assert.Equal(3, rig.Creates);
    }

    [Fact]
    public async Task Claims_that_never_end_put_a_start_off_for_100_milliseconds()
    {
        await using var rig = new PoolRig(2);
        await rig.FillAsync();
        var lent = rig.Pool.TryTake()!;
        rig.Kill(rig.Backend.Containers.Single(container => container.Id != lent.ContainerId).Id);
        for (var round = 0; round < 5; round++)
        {
            await rig.Clock.UntilWaitingAsync(AMoment);
            await Eventually.NothingMoreAsync();
            Assert.Equal(2, rig.Creates);
            rig.Clock.Advance(AMoment);
        }

        await Eventually.TrueAsync(() => rig.Creates == 3, "the start comes");
    }

    [Fact]
    public async Task Claims_one_after_another_do_not_put_a_start_off()
    {
        await using var rig = new PoolRig(24);
        await rig.FillAsync();
        rig.Claim();
        await rig.Clock.UntilWaitingAsync(AMoment);
        for (var claim = 0; claim < 4; claim++)
        {
            rig.Clock.Advance(AMoment / 4);
            rig.Claim();
        }

        await Eventually.TrueAsync(() => rig.Creates == 25, "the start comes");
    }

    [Fact]
    public async Task A_slot_is_ended_only_a_moment_after_a_claim()
    {
        await using var rig = new PoolRig(3);
        await rig.FillAsync();
        var bad = rig.Pool.TryTake()!;
        rig.Claim();
        rig.Pool.Discard(bad, "test");
        await Eventually.NothingMoreAsync();
        var container = rig.Backend.History.Single(each => each.Id == bad.ContainerId);
        Assert.False(container.IsReleased);
        Assert.Equal(1, rig.Info.Removing);
        rig.Clock.Advance(AMoment);
        await Eventually.TrueAsync(() => container.IsReleased, "the slot is ended");
    }

    [Fact]
    public async Task The_end_of_a_pool_waits_for_no_claim()
    {
        var rig = new PoolRig(3);
        await rig.FillAsync();
        var bad = rig.Pool.TryTake()!;
        rig.Claim();
        rig.Pool.Discard(bad, "test");
        await Eventually.EndsAsync(rig.DisposeAsync().AsTask());
        Assert.True(rig.Backend.History.Single(each => each.Id == bad.ContainerId).IsReleased);
    }
}
