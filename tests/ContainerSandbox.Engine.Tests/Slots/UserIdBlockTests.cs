using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Slots;
using CsCheck;

namespace ContainerSandbox.Engine.Tests.Slots;

public sealed class UserIdBlockTests
{
    [Fact]
    public void No_two_slots_share_a_user_within_a_block()
    {
        var block = UserIdBlock.Draw(Capabilities(1, int.MaxValue));
        var slots = Enumerable.Range(0, 20_000).Select(_ => block.Next()).ToArray();
        long[] users = [.. slots.SelectMany(slot => new[] { slot.UserId, slot.IsolatedUserId })];
        Assert.Equal(users.Length, users.Distinct().Count());
    }

    [Fact]
    public void Two_ids_of_a_slot_are_never_the_same_number() =>
        Gen.Select(Gen.Long[1, 70_000], Gen.Long[20_000, int.MaxValue]).Where((first, length) => first + length <= int.MaxValue).Sample((first, length) =>
        {
            var block = UserIdBlock.Draw(Capabilities(first, first + length));
            return Enumerable.Range(0, 50).Select(_ => block.Next()).All(slot =>
                slot.UserId != slot.IsolatedUserId
                && Enumerable.Range(0, 20).Select(_ => slot.NextSessionGroup()).Distinct().Count() == 20
                && slot.FirstSessionGroupId > slot.IsolatedUserId);
        });

    [Fact]
    public void All_ids_stay_within_the_range_of_the_engine_and_off_that_of_the_lease() =>
        Gen.Select(Gen.Long[1, 200_000], Gen.Long[1000, 3_000_000_000]).Sample((first, length) =>
        {
            var last = first + length;
            var block = UserIdBlock.Draw(Capabilities(first, last));
            SlotIdentity[] slots = [.. Enumerable.Range(0, 20_001).Select(_ => block.Next())];
            long[] bounds =
            [
                slots.Min(slot => slot.UserId),
                slots.Max(slot => slot.IsolatedUserId),
                slots[0].FirstSessionGroupId,
                slots[0].FirstSessionGroupId + slots[0].SessionGroups - 1,
            ];
            return bounds[0] >= first && bounds[3] <= last && bounds[1] < bounds[2] && !(bounds[0] <= SlotIdentity.LeaseId && SlotIdentity.LeaseId <= bounds[3]);
        }, iter: 100);

    [Fact]
    public void Where_the_engine_has_all_ids_they_are_far_above_those_of_people_and_services() =>
        Assert.True(UserIdBlock.Draw(Capabilities(1, int.MaxValue)).Next().UserId >= 1_900_000_000);

    [Fact]
    public void Two_sandboxes_rarely_draw_the_same_block() =>
        Assert.True(Enumerable.Range(0, 20).Select(_ => UserIdBlock.Draw(Capabilities(1, int.MaxValue)).Next().UserId).Distinct().Count() > 15);

    [Fact]
    public void The_groups_of_sessions_begin_again_when_all_are_used()
    {
        var slot = new SlotIdentity(1, 2, 1, 100, 3);
        Assert.Equal([100, 101, 102, 100], Enumerable.Range(0, 4).Select(_ => slot.NextSessionGroup()));
    }

    private static BackendCapabilities Capabilities(long first, long last) => new(FakeEngine.Info, first, last);
}
