using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Health;

/// <summary>A verdict always comes with its reason.</summary>
public sealed class HealthCheckTests
{
    [Fact]
    public async Task An_environment_that_answers_is_healthy_and_the_engine_is_not_asked()
    {
        await using var rig = await CommandRig.OpenAsync();
        var listings = rig.Backend.Count(BackendCall.List);
        var result = await CheckAsync(rig);
        Assert.Equal((HealthStatus.Healthy, TimeSpan.Zero), (result.Status, result.Duration));
        Assert.NotEqual("", result.Reasons);
        Assert.Equal(listings, rig.Backend.Count(BackendCall.List));
        Assert.Equal(("agent", rig.Environment.EnvironmentId, rig.Clock.GetUtcNow()), (result.AgentId, result.EnvironmentId, result.CheckedAt));
        Assert.Equal(1, rig.Sandbox.GetMetrics().Single().HealthCheckSuccessRate);
    }

    [Theory]
    [InlineData(499, HealthStatus.Healthy)]
    [InlineData(500, HealthStatus.Warning)]
    [InlineData(1900, HealthStatus.Warning)]
    public async Task A_slow_answer_is_a_warning(int milliseconds, HealthStatus expected)
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnControl = (session, text) =>
        {
            rig.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
            return FakeShell.Obey(session, text);
        };
        var result = await CheckAsync(rig);
        Assert.Equal(expected, result.Status);
        Assert.Equal(expected, rig.Sandbox.GetEnvironments().Single().Health);
    }

    [Fact]
    public async Task The_time_that_sessions_take_to_open_is_no_slow_answer()
    {
        await using var rig = await SandboxRig.OpenAsync(0);
        var gate = rig.Backend.Hold(BackendCall.OpenSession);
        await rig.ClaimAsync();
        var check = rig.Sandbox.CheckHealthAsync("agent", null, rig.Observer, CancellationToken.None);
        await gate.UntilArrivedAsync();
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        gate.Open();
        var result = await Eventually.EndsAsync(check);
        Assert.Equal((HealthStatus.Healthy, TimeSpan.FromSeconds(1)), (result.Status, result.Duration));
    }

    [Theory]
    [InlineData(BackendContainerState.Running, "container running")]
    [InlineData(BackendContainerState.Paused, "container paused")]
    [InlineData(BackendContainerState.Ended, "container ended")]
    public async Task Silence_is_critical_and_the_engine_says_how_the_container_is(BackendContainerState state, string reason)
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.Silence();
        rig.Container.State = state;
        var result = await SilentAsync(rig);
        Assert.Equal(HealthStatus.Critical, result.Status);
        Assert.StartsWith(reason, result.Reasons, StringComparison.Ordinal);
        Assert.Contains("2 s", result.Reasons, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Critical, rig.Sandbox.GetEnvironments().Single().Health);
        Assert.Equal(0, rig.Sandbox.GetMetrics().Single().HealthCheckSuccessRate);
    }

    [Fact]
    public async Task An_engine_that_does_not_say_leaves_it_unknown_and_uncounted()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.Silence();
        rig.Backend.Fail(BackendCall.List, EngineFault.Silent);
        var result = await SilentAsync(rig);
        Assert.Equal(HealthStatus.Unknown, result.Status);
        Assert.Contains("The engine did not answer.", result.Reasons, StringComparison.Ordinal);
        Assert.Null(rig.Sandbox.GetMetrics().Single().HealthCheckSuccessRate);
    }

    [Fact]
    public async Task An_engine_that_is_silent_is_not_waited_for_and_is_gone_once()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.Silence();
        rig.Backend.Hold(BackendCall.List);
        for (var round = 0; round < 2; round++)
        {
            var check = rig.Sandbox.CheckHealthAsync("agent", null, rig.Whole.Observer, CancellationToken.None);
            await rig.Clock.PassAsync(TimeSpan.FromSeconds(2));
            await rig.Clock.PassAsync(TimeSpan.FromSeconds(5));
            var result = await Eventually.EndsAsync(check);
            Assert.Equal(HealthStatus.Unknown, result.Status);
            Assert.Contains("The engine did not answer within 5 s.", result.Reasons, StringComparison.Ordinal);
        }

        Assert.Single(rig.Sandbox.GetEvents(kinds: [SandboxEventKind.EngineGone]));
        Assert.Equal("Healthy to Unknown", rig.Sandbox.GetEvents(kinds: [SandboxEventKind.HealthChanged]).Single().Cause.Split(':')[0]);
    }

    [Fact]
    public async Task A_lost_environment_is_critical_for_the_reason_of_its_loss()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Backend.End(rig.Container, 9);
        await Eventually.TrueAsync(() => rig.Sandbox.GetEnvironments().Single().State == AgentEnvironmentState.Lost, "the loss is known");
        var result = await CheckAsync(rig);
        Assert.Equal(HealthStatus.Critical, result.Status);
        Assert.Contains("exit code 9", result.Reasons, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_that_answers_again_is_healthy_again()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.Silence();
        await SilentAsync(rig);
        rig.Container.Speak();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(rig)).Status);
    }

    [Fact]
    public async Task A_check_during_a_command_needs_not_wait_for_it()
    {
        await using var rig = await CommandRig.OpenAsync();
        FakeCommand? taken = null;
        rig.Container.OnCommand = command => taken = command.Begin();
        var running = rig.RunAsync("long");
        await Eventually.TrueAsync(() => taken is not null, "the command runs");
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(rig)).Status);
        taken!.Finish(0);
        await Eventually.EndsAsync(running);
    }

    [Fact]
    public async Task A_pool_that_cannot_be_filled_is_a_warning_until_it_recovers()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Backend.Fail(BackendCall.Start, EngineFault.Refused);
        await rig.Whole.ClaimAsync("other");
        await Eventually.PassTimeAsync(
            rig.Clock, TimeSpan.FromMilliseconds(20), () => rig.Sandbox.GetPools().Single().State == PoolState.Degraded, "the pool is degraded");
        var result = await CheckAsync(rig);
        Assert.Equal(HealthStatus.Warning, result.Status);
        Assert.EndsWith("its pool is degraded: The engine refused.", result.Reasons, StringComparison.Ordinal);
        Assert.Equal("The engine refused.", rig.Sandbox.GetPools().Single().LastError);
        rig.Backend.Heal(BackendCall.Start);
        await Eventually.PassTimeAsync(
            rig.Clock, TimeSpan.FromMilliseconds(20), () => rig.Sandbox.GetPools().Single().State == PoolState.Ready, "the pool is whole");
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(rig)).Status);
    }

    [Fact]
    public async Task A_check_that_is_cancelled_is_no_verdict()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.Silence();
        using var cancellation = new CancellationTokenSource();
        var check = rig.Sandbox.CheckHealthAsync("agent", null, rig.Whole.Observer, cancellation.Token);
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromSeconds(2));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check);
        Assert.Equal(HealthStatus.Healthy, rig.Sandbox.GetEnvironments().Single().Health);
    }

    private static Task<HealthResult> CheckAsync(CommandRig rig) => Eventually.EndsAsync(rig.Sandbox.CheckHealthAsync("agent", null, rig.Whole.Observer, CancellationToken.None));

    private static async Task<HealthResult> SilentAsync(CommandRig rig)
    {
        var check = rig.Sandbox.CheckHealthAsync("agent", null, rig.Whole.Observer, CancellationToken.None);
        await rig.Clock.PassAsync(TimeSpan.FromSeconds(2));
        return await Eventually.EndsAsync(check);
    }
}
