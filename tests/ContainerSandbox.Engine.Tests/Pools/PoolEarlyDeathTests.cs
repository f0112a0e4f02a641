namespace ContainerSandbox.Engine.Tests.Pools;

/// <summary>Containers that start well and do not live.</summary>
public sealed class PoolEarlyDeathTests
{
    [Fact]
    public async Task Containers_that_die_one_after_another_are_replaced_ever_more_slowly_until_one_lives()
    {
        await using var rig = new PoolRig(1);
        await rig.FillAsync();
        foreach (var pause in new[] { 0, 0.2, 0.4, 0.8 })
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
            var creates = rig.Creates;
            rig.Kill(rig.Backend.Containers.Single().Id);
            if (pause > 0)
            {
                await rig.Clock.UntilWaitingAsync(TimeSpan.FromSeconds(pause));
                rig.Clock.Advance(TimeSpan.FromSeconds(pause - 0.1));
                await Eventually.NothingMoreAsync();
                Assert.Equal(creates, rig.Creates);
                rig.Clock.Advance(TimeSpan.FromSeconds(0.1));
            }

            await rig.UntilFullAsync();
            Assert.Equal(creates + 1, rig.Creates);
        }

        Assert.Equal(PoolState.Degraded, rig.Pool.State);
        Assert.Contains("ended by itself 1 s after", rig.Info.LastError, StringComparison.Ordinal);
        rig.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((PoolState.Ready, ""), (rig.Pool.State, rig.Info.LastError));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3600)]
    public async Task Two_hundred_that_die_at_once_are_replaced_within_the_pace_and_without_a_pause(int age)
    {
        await using var rig = new PoolRig(200, first: 8, later: 2);
        await rig.FillAsync();
        rig.Clock.Advance(TimeSpan.FromSeconds(age));
        var gate = rig.Backend.Hold(BackendCall.Start);
        foreach (var container in rig.Backend.Containers)
            rig.Kill(container.Id);
        await gate.UntilArrivedAsync(4);
        await Eventually.NothingMoreAsync();
        Assert.Equal((4, 4), (gate.Arrived, rig.Info.Creating));
        var most = 0;
        rig.Backend.OnStart = _ => most = Math.Max(most, rig.Info.Creating);
        gate.Open();
        await rig.UntilFullAsync();
        Assert.Equal(400, rig.Creates);
        Assert.InRange(most, 1, 8);
    }

    [Fact]
    public async Task Containers_that_die_while_they_start_are_no_hot_loop()
    {
        await using var rig = new PoolRig(1);
        rig.Backend.OnStart = container => container.OnControl = (session, text) =>
        {
            if (text.Contains("chmod", StringComparison.Ordinal))
                rig.Tell(container.Id);
            return FakeShell.Obey(session, text);
        };
        _ = rig.Pool.FillAsync(_ => { }, CancellationToken.None).ContinueWith(filled => filled.Exception, TaskScheduler.Default);
        foreach (var pause in new[] { 0.2, 0.4, 0.8, 1.6 })
        {
            await rig.Clock.UntilWaitingAsync(TimeSpan.FromSeconds(pause));
            await Eventually.NothingMoreAsync();
            rig.Clock.Advance(TimeSpan.FromSeconds(pause));
        }

        await rig.Clock.UntilWaitingAsync(TimeSpan.FromSeconds(3.2));
        Assert.Equal(6, rig.Creates);
        Assert.Equal(PoolState.Degraded, rig.Pool.State);
    }
}
