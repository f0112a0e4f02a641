using ContainerSandbox.Engine.Slots;
using CsCheck;

namespace ContainerSandbox.Engine.Tests.Pools;

/// <summary>Whatever happens to a pool in whatever order, it ends full and never holds more than its target.</summary>
public sealed class PoolModelTests
{
    [Fact]
    public async Task Any_sequence_of_events_ends_with_a_full_pool_and_an_exact_count()
    {
        var gen = Gen.Select(Gen.Int[1, 5], Gen.Int[1, 4], Gen.Int[0, 5].Array[1, 25]);
        for (var run = 0; run < 60; run++)
        {
            var (target, first, events) = gen.Single();
            await RunAsync(target, first, events);
        }
    }

    [Fact]
    public async Task Claims_from_many_threads_get_slots_of_their_own()
    {
        await using var rig = new PoolRig(16);
        await rig.FillAsync();
        var slots = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(rig.Pool.TryTake)));
        Slot[] got = [.. slots.OfType<Slot>()];
        Assert.Equal(16, got.Length);
        Assert.Equal(16, got.Distinct().Count());
    }

    private static async Task RunAsync(int target, int first, int[] events)
    {
        await using var rig = new PoolRig(target, first);
        var most = 0;
        rig.Backend.OnStart = _ => most = Math.Max(most, rig.Info.Ready + rig.Info.Creating);
        await rig.FillAsync();
        var gone = 0;
        Queue<Slot> lent = new();
        foreach (var what in events)
            gone += Happen(rig, lent, what);
        while (lent.TryDequeue(out var slot))
            rig.Pool.PutBack(slot);
        await Eventually.PassTimeAsync(
            rig.Clock, TimeSpan.FromMilliseconds(20), () => rig.Info is { Creating: 0, Removing: 0 } info && info.Ready == target, "the pool is full");
        await rig.SettleAsync();
        Assert.Equal(target + gone, rig.Creates);
        Assert.True(most <= target, $"{most} at once for a target of {target}");
    }

    /// <summary>Returns how many slots this took from the pool for good.</summary>
    private static int Happen(PoolRig rig, Queue<Slot> lent, int what)
    {
        switch (what)
        {
            case 0 when rig.Pool.TryTake() is { } claimed:
                rig.Pool.Claimed(claimed);
                return 1;
            case 1 when rig.Pool.TryTake() is { } taken:
                lent.Enqueue(taken);
                return 0;
            case 2 when lent.TryDequeue(out var back):
                rig.Pool.PutBack(back);
                return 0;
            case 3 when lent.TryDequeue(out var bad):
                rig.Pool.Discard(bad, "test");
                return 1;
            case 4 when rig.Pool.TryTake() is { } dying:
                rig.Pool.PutBack(dying);
                rig.Kill(dying.ContainerId);
                return 1;
            case 5:
                rig.Clock.Advance(TimeSpan.FromMilliseconds(20));
                return 0;
            default:
                return 0;
        }
    }
}
