using System.Collections.Concurrent;

namespace ContainerSandbox.Engine.Tests.Pools;

/// <summary>No slot waits for ever.</summary>
public sealed class PoolAgeingTests
{
    private static readonly TimeSpan Age = TimeSpan.FromHours(1);
    private static readonly TimeSpan AMoment = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Slots_that_are_too_old_are_replaced_one_by_one_and_the_target_stays_met()
    {
        await using var rig = new PoolRig(3, maximumAge: Age);
        await rig.FillAsync();
        var old = rig.Backend.Containers;
        rig.Clock.Advance(Age - TimeSpan.FromSeconds(1));
        await Eventually.NothingMoreAsync();
        Assert.Equal(3, rig.Creates);

        var seen = new ConcurrentQueue<(int Ready, int Creating, int Removing)>();
        rig.Backend.Before(BackendCall.Start, (_, _) =>
        {
            seen.Enqueue((rig.Info.Ready, rig.Info.Creating, rig.Info.Removing));
            return Task.CompletedTask;
        });
        await Eventually.PassTimeAsync(rig.Clock, AMoment, () => old.All(container => container.IsReleased), "the old ones are gone");
        await rig.SettleAsync();
        Assert.Equal([(3, 1, 0), (3, 1, 0), (3, 1, 0)], seen);
        Assert.Equal((6, 3), (rig.Creates, rig.Backend.Containers.Count));
        Assert.Equal((3, PoolState.Ready), (rig.Pool.Ready, rig.Pool.State));
    }

    [Fact]
    public async Task An_old_slot_serves_until_its_replacement_is_there()
    {
        await using var rig = new PoolRig(1, maximumAge: Age);
        await rig.FillAsync();
        var old = rig.Backend.Containers.Single();
        var gate = rig.Backend.Hold(BackendCall.Start);
        rig.Clock.Advance(Age + AMoment);
        await gate.UntilArrivedAsync();
        Assert.Equal(old.Id, rig.Claim().ContainerId);
        gate.Open();
        await rig.SettleAsync();
        Assert.Equal((2, 1), (rig.Creates, rig.Pool.Ready));
        Assert.False(old.IsReleased);
    }

    [Fact]
    public async Task Old_slots_stay_while_nothing_can_be_started()
    {
        await using var rig = new PoolRig(2, maximumAge: Age);
        await rig.FillAsync();
        var old = rig.Backend.Containers;
        rig.Backend.Fail(BackendCall.Start, EngineFault.Refused);
        rig.Clock.Advance(Age + AMoment);
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromSeconds(0.2), () => rig.Pool.State == PoolState.Degraded, "the pool is degraded");
        Assert.Equal(2, rig.Pool.Ready);
        Assert.All(old, container => Assert.False(container.IsReleased));
        rig.Backend.Heal(BackendCall.Start);
        await Eventually.PassTimeAsync(rig.Clock, AMoment, () => old.All(container => container.IsReleased), "the old ones are gone");
        await rig.SettleAsync();
        Assert.Equal(2, rig.Pool.Ready);
    }

    [Fact]
    public async Task An_old_slot_that_is_lent_meanwhile_costs_no_younger_one()
    {
        await using var rig = new PoolRig(1, maximumAge: Age);
        await rig.FillAsync();
        var gate = rig.Backend.Hold(BackendCall.Start);
        rig.Clock.Advance(Age + AMoment);
        await gate.UntilArrivedAsync();
        var lent = rig.Pool.TryTake()!;
        gate.Open();
        await rig.UntilFullAsync();
        rig.Pool.PutBack(lent);
        await rig.SettleAsync();
        Assert.Equal((2, 1), (rig.Creates, rig.Pool.Ready));
        Assert.NotEqual(lent.ContainerId, rig.Pool.TryTake()?.ContainerId);
    }

    [Fact]
    public async Task A_pool_that_is_closed_does_not_age()
    {
        await using var rig = new PoolRig(2, maximumAge: Age);
        await rig.FillAsync();
        rig.Pool.Close();
        rig.Clock.Advance(Age * 3);
        await rig.SettleAsync();
        Assert.Equal(2, rig.Creates);
        Assert.Empty(rig.Clock.Spans());
    }

    [Fact]
    public async Task After_a_day_without_a_claim_every_slot_is_young()
    {
        await using var rig = new PoolRig(4, maximumAge: Age);
        await rig.FillAsync();
        for (var hour = 0; hour < 24; hour++)
        {
            var old = rig.Backend.Containers;
            rig.Clock.Advance(Age);
            await Eventually.PassTimeAsync(rig.Clock, AMoment, () => old.All(container => container.IsReleased), "the old ones are gone");
            Assert.InRange(rig.Pool.Ready, 4, 5);
        }

        await rig.SettleAsync();
        Assert.Equal((100, 4), (rig.Creates, rig.Backend.Containers.Count));
    }
}
