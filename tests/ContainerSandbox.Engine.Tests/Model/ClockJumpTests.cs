namespace ContainerSandbox.Engine.Tests.Model;

/// <summary>Somebody sets the clock while a sandbox works. It measures with another.</summary>
public sealed class ClockJumpTests
{
    public static TheoryData<int> Hours => [1, -1, 24, -24];

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task A_pool_does_nothing_because_of_it_and_everything_in_its_time(int hours)
    {
        await using var rig = new PoolRig(3, maximumAge: TimeSpan.FromMinutes(50));
        await rig.FillAsync();
        rig.Clock.Jump(TimeSpan.FromHours(hours));
        await Eventually.NothingMoreAsync();
        Assert.Equal((3, 3), (rig.Creates, rig.Pool.Ready));

        rig.Claim();
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromMilliseconds(20));
        rig.Clock.Jump(TimeSpan.FromHours(-hours));
        await Eventually.NothingMoreAsync();
        Assert.Equal(3, rig.Creates);
        await rig.RefillAsync();
        Assert.Equal(4, rig.Creates);

        rig.Backend.Fail(BackendCall.Start, EngineFault.Refused);
        rig.Claim();
        await rig.Clock.PassAsync(TimeSpan.FromMilliseconds(20));
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromSeconds(0.2));
        rig.Clock.Jump(TimeSpan.FromHours(hours));
        await Eventually.NothingMoreAsync();
        Assert.Equal(5, rig.Creates);
        rig.Backend.Heal(BackendCall.Start);
        rig.Clock.Advance(TimeSpan.FromSeconds(0.2));
        await rig.UntilFullAsync();
        Assert.Equal(6, rig.Creates);
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task Claims_commands_health_and_removals_take_no_notice(int hours)
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        var jump = TimeSpan.FromHours(hours);
        rig.Clock.Jump(jump);
        var environment = await rig.ClaimAsync();
        Assert.Equal((StartupSource.Warm, TimeSpan.Zero), (environment.StartupSource, environment.StartupTime));

        rig.Container(environment).OnCommand = command =>
        {
            command.Begin();
            rig.Clock.Jump(jump);
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
            command.Finish(0);
        };
        var result = await Eventually.EndsAsync(rig.RunAsync("agent", new CommandRequest { Command = "x", Timeout = TimeSpan.FromMinutes(1) }));
        Assert.Equal((false, 0, TimeSpan.FromSeconds(1)), (result.TimedOut, result.ExitCode, result.Duration));

        rig.Clock.Jump(-jump);
        var health = await rig.Sandbox.CheckHealthAsync("agent", null, rig.Observer, CancellationToken.None);
        Assert.Equal((HealthStatus.Healthy, TimeSpan.Zero), (health.Status, health.Duration));
        rig.Clock.Jump(-jump);
        var receipt = await rig.RemoveAsync("agent");
        Assert.True(receipt.Verified);
        Assert.InRange(receipt.Duration, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(20), () => rig.Pool() is { Ready: 2, Creating: 0 }, "the pool is full");
        Assert.Equal(1, rig.Starts);
    }

    [Fact]
    public async Task After_a_day_in_which_the_process_slept_everything_works_and_old_slots_are_replaced()
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        var old = rig.Backend.Containers;
        rig.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(StartupSource.Warm, (await rig.ClaimAsync()).StartupSource);
        await Eventually.PassTimeAsync(
            rig.Clock, TimeSpan.FromMilliseconds(20), () => old.Count(container => container.IsReleased) == 1, "the old one that is left is replaced");
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(20), () => rig.Pool() is { Ready: 2, Creating: 0, Removing: 0 }, "the pool is full");
    }
}
