namespace ContainerSandbox.Engine.Tests.Pools;

/// <summary>A pool from which nothing is claimed for long.</summary>
public sealed class PoolIdleTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task It_shrinks_to_zero_and_the_next_claim_fills_it_again()
    {
        await using var rig = new PoolRig(3, idleTimeout: Idle);
        await rig.FillAsync();
        rig.Clock.Advance(Idle + TimeSpan.FromSeconds(1));
        await rig.SettleAsync();
        Assert.Equal((PoolState.Idle, 0, 3), (rig.Pool.State, rig.Pool.Ready, rig.Pool.Target));
        Assert.Empty(rig.Backend.Containers);
        Assert.True(rig.Pool.Wake());
        Assert.False(rig.Pool.Wake());
        await rig.UntilFullAsync();
        Assert.Equal((PoolState.Ready, 6), (rig.Pool.State, rig.Creates));
    }

    [Fact]
    public async Task Claims_keep_it_awake_and_it_rests_that_long_after_the_last()
    {
        await using var rig = new PoolRig(2, idleTimeout: Idle);
        await rig.FillAsync();
        rig.Clock.Advance(Idle / 2);
        rig.Claim();
        await rig.RefillAsync();
        rig.Clock.Advance((Idle / 2) + TimeSpan.FromSeconds(1));
        await Eventually.NothingMoreAsync();
        Assert.Equal((PoolState.Ready, 2), (rig.Pool.State, rig.Pool.Ready));
        rig.Clock.Advance(Idle / 2);
        await rig.SettleAsync();
        Assert.Equal((PoolState.Idle, 0), (rig.Pool.State, rig.Pool.Ready));
    }

    [Fact]
    public async Task It_rests_again_after_it_was_woken()
    {
        await using var rig = new PoolRig(1, idleTimeout: Idle);
        await rig.FillAsync();
        rig.Clock.Advance(Idle + TimeSpan.FromSeconds(1));
        await rig.SettleAsync();
        rig.Pool.Wake();
        await rig.UntilFullAsync();
        rig.Clock.Advance(Idle + TimeSpan.FromSeconds(1));
        await rig.SettleAsync();
        Assert.Equal((PoolState.Idle, 0, 2), (rig.Pool.State, rig.Pool.Ready, rig.Creates));
    }

    [Fact]
    public async Task A_filling_that_takes_longer_is_no_idleness()
    {
        // Shorter than a start may take.
        var idle = TimeSpan.FromSeconds(30);
        await using var rig = new PoolRig(2, idleTimeout: idle);
        var gate = rig.Backend.Hold(BackendCall.Start);
        var filling = rig.FillAsync();
        await gate.UntilArrivedAsync(2);
        rig.Clock.Advance(idle + TimeSpan.FromSeconds(1));
        await Eventually.NothingMoreAsync();
        Assert.Equal(PoolState.Filling, rig.Pool.State);
        Assert.False(filling.IsCompleted);
        gate.Open();
        await filling;
        Assert.Equal((PoolState.Ready, 2), (rig.Pool.State, rig.Pool.Ready));
        rig.Clock.Advance(idle + TimeSpan.FromSeconds(1));
        await rig.SettleAsync();
        Assert.Equal(PoolState.Idle, rig.Pool.State);
    }

    [Fact]
    public async Task A_claim_on_it_says_that_it_was_idle_and_the_next_one_is_warm()
    {
        await using var rig = await SandboxRig.OpenAsync(1, options: options => options with { PoolIdleTimeout = Idle });
        rig.Clock.Advance(Idle + TimeSpan.FromSeconds(1));
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(20), () => rig.Pool() is { Ready: 0, Removing: 0 }, "the pool rests");
        Assert.Equal(PoolState.Idle, rig.Pool().State);
        var first = await rig.ClaimAsync("a");
        Assert.Equal((StartupSource.Cold, MissReason.PoolIdle), (first.StartupSource, first.MissReason));
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(20), () => rig.Pool().Ready == 1, "the pool fills again");
        Assert.Equal(StartupSource.Warm, (await rig.ClaimAsync("b")).StartupSource);
    }
}
