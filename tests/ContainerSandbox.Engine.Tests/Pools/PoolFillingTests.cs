namespace ContainerSandbox.Engine.Tests.Pools;

/// <summary>A pool starts exactly what it needs.</summary>
public sealed class PoolFillingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(16)]
    public async Task Filling_starts_as_many_as_the_target(int target)
    {
        await using var rig = new PoolRig(target);
        await rig.FillAsync();
        await rig.SettleAsync();
        Assert.Equal(target, rig.Creates);
        Assert.Equal(target, rig.Backend.Containers.Count);
        Assert.Equal((target, 0, 0, PoolState.Ready), (rig.Info.Ready, rig.Info.Creating, rig.Info.Removing, rig.Info.State));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Claims_are_refilled_one_for_one(int claims)
    {
        await using var rig = new PoolRig(5);
        await rig.FillAsync();
        for (var claim = 0; claim < claims; claim++)
            rig.Claim();
        await rig.RefillAsync();
        await rig.SettleAsync();
        Assert.Equal(5 + claims, rig.Creates);
        Assert.Equal(5, rig.Pool.Ready);
    }

    [Fact]
    public async Task A_pool_without_a_target_starts_nothing()
    {
        await using var rig = new PoolRig(0);
        await rig.FillAsync();
        Assert.Null(rig.Pool.TryTake());
        Assert.Equal(PoolState.Disabled, rig.Pool.State);
        Assert.Equal(0, rig.Creates);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task No_more_start_at_once_than_the_pace_allows(int first)
    {
        await using var rig = new PoolRig(8, first);
        var gate = rig.Backend.Hold(BackendCall.Start);
        var filling = rig.FillAsync();
        await gate.UntilArrivedAsync(first);
        await Eventually.NothingMoreAsync();
        Assert.Equal((first, first), (gate.Arrived, rig.Info.Creating));
        gate.Open();
        await filling;
        await rig.SettleAsync();
        Assert.Equal(8, rig.Creates);
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(5, 4)]
    [InlineData(16, 4)]
    public async Task Refilling_is_narrow_until_less_than_three_quarters_are_ready(int claims, int atOnce)
    {
        await using var rig = new PoolRig(16, first: 8, later: 1);
        await rig.FillAsync();
        var gate = rig.Backend.Hold(BackendCall.Start);
        for (var claim = 0; claim < claims; claim++)
            rig.Claim();
        await rig.Clock.PassAsync(TimeSpan.FromMilliseconds(20));
        await gate.UntilArrivedAsync(atOnce);
        await Eventually.NothingMoreAsync();
        Assert.Equal(atOnce, gate.Arrived);
        gate.Open();
        await rig.UntilFullAsync();
        Assert.Equal(16 + claims, rig.Creates);
    }

    [Fact]
    public async Task Refill_starts_twenty_milliseconds_after_the_first_claim_however_many_follow()
    {
        await using var rig = new PoolRig(3);
        await rig.FillAsync();
        rig.Claim();
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromMilliseconds(20));
        rig.Clock.Advance(TimeSpan.FromMilliseconds(10));
        rig.Claim();
        rig.Clock.Advance(TimeSpan.FromMilliseconds(9));
        await Eventually.NothingMoreAsync();
        Assert.Equal(3, rig.Creates);
        Assert.Equal(1, rig.Clock.Waiting(TimeSpan.FromMilliseconds(20)));
        rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Eventually.TrueAsync(() => rig.Creates > 3, "the refill starts");
        await rig.SettleAsync();
        Assert.Equal((5, 3), (rig.Creates, rig.Pool.Ready));
    }

    [Fact]
    public async Task A_claim_after_a_refill_is_refilled_too()
    {
        await using var rig = new PoolRig(1);
        await rig.FillAsync();
        for (var claim = 0; claim < 5; claim++)
        {
            rig.Claim();
            await rig.RefillAsync();
        }

        Assert.Equal(6, rig.Creates);
    }

    [Fact]
    public async Task A_slot_that_was_lent_and_comes_back_is_not_replaced_meanwhile()
    {
        await using var rig = new PoolRig(2);
        await rig.FillAsync();
        var lent = rig.Pool.TryTake()!;
        rig.Kill(rig.Backend.Containers.Single(container => container.Id != lent.ContainerId).Id);
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(20), () => rig.Creates == 3, "the dead one is replaced");
        await rig.SettleAsync();
        rig.Pool.PutBack(lent);
        await rig.SettleAsync();
        Assert.Equal(3, rig.Creates);
        Assert.Equal(2, rig.Pool.Ready);
    }

    [Fact]
    public async Task Filling_reports_how_many_are_ready()
    {
        await using var rig = new PoolRig(3, first: 1);
        List<int> reports = [];
        await Eventually.EndsAsync(rig.Pool.FillAsync(reports.Add, CancellationToken.None));
        Assert.Equal(reports.Order(), reports);
        Assert.All(reports, ready => Assert.InRange(ready, 0, 2));
    }

    [Fact]
    public async Task Waiting_for_a_filling_can_be_given_up_and_the_filling_goes_on()
    {
        await using var rig = new PoolRig(2);
        var gate = rig.Backend.Hold(BackendCall.Start);
        using var cancellation = new CancellationTokenSource();
        var filling = rig.Pool.FillAsync(_ => { }, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => filling);
        gate.Open();
        await rig.UntilFullAsync();
    }
}
