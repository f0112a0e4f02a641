using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Health;

/// <summary>What happened lately counts too: used-up memory, commands, losses, and what else is to be looked at.</summary>
public sealed class RecordCheckTests
{
    [Fact]
    public async Task Used_up_memory_is_a_warning_for_a_minute_at_least_and_until_it_was_seen()
    {
        await using var rig = await CommandRig.OpenAsync();
        await OutOfMemoryAsync(rig, 1);
        Assert.Contains("memory was used up once within the last minute (warning from 1", (await CheckAsync(rig, HealthStatus.Warning)).Reasons, StringComparison.Ordinal);
        await CheckAsync(rig, HealthStatus.Warning);
        rig.Clock.Advance(TimeSpan.FromSeconds(61));
        await CheckAsync(rig, HealthStatus.Healthy);
        await OutOfMemoryAsync(rig, 2);
        rig.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Contains("memory was used up 2 times since the last check", (await CheckAsync(rig, HealthStatus.Warning)).Reasons, StringComparison.Ordinal);
        await CheckAsync(rig, HealthStatus.Healthy);
        await OutOfMemoryAsync(rig, 5);
        await CheckAsync(rig, HealthStatus.Critical);
    }

    [Fact]
    public async Task Commands_that_time_out_are_a_warning_once_there_are_enough_and_for_five_minutes()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command => command.Begin();
        for (var round = 0; round < 2; round++)
        {
            var running = rig.RunAsync(new CommandRequest { Command = "long", Timeout = TimeSpan.FromSeconds(17), GracePeriod = TimeSpan.Zero });
            await rig.Clock.PassAsync(TimeSpan.FromSeconds(17));
            Assert.True((await Eventually.EndsAsync(running)).TimedOut);
        }

        await CheckAsync(rig, HealthStatus.Healthy);
        rig.Container.OnCommand = command => command.Begin().Finish(1);
        for (var round = 0; round < 3; round++)
            await rig.RunAsync("quick");
        Assert.Contains(
            "2 of 5 commands in five minutes were ended by their timeout, 40 % (warning from 20 %",
            (await CheckAsync(rig, HealthStatus.Warning)).Reasons,
            StringComparison.Ordinal);
        rig.Clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(30));
        await CheckAsync(rig, HealthStatus.Healthy);
    }

    [Fact]
    public async Task Commands_that_use_up_the_memory_are_errors()
    {
        await using var rig = await CommandRig.OpenAsync();
        for (var round = 0; round < 5; round++)
        {
            FakeCommand? taken = null;
            rig.Container.OnCommand = command => taken = command.Begin();
            var running = rig.RunAsync("eat");
            await Eventually.TrueAsync(() => taken is not null, "the command runs");
            await OutOfMemoryAsync(rig, 1);
            taken!.Finish(137);
            Assert.True((await Eventually.EndsAsync(running)).OomKilled);
            rig.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Contains(
            "5 of 5 commands in five minutes ended without a result or out of memory, 100 % (critical from 50 %",
            (await CheckAsync(rig, HealthStatus.Critical)).Reasons,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_lost_an_environment_is_a_warning_for_an_hour()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        for (var round = 0; round < 2; round++)
        {
            var environment = await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(20), rig.ClaimAsync());
            rig.Backend.End(rig.Container(environment), 9);
            await Eventually.TrueAsync(() => rig.Sandbox.GetEnvironments().Single().State == AgentEnvironmentState.Lost, "the loss is known");
        }

        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(20), rig.ClaimAsync());
        var result = await Eventually.EndsAsync(rig.Sandbox.CheckHealthAsync("agent", null, rig.Observer, CancellationToken.None));
        Assert.Equal(HealthStatus.Warning, result.Status);
        Assert.Contains("the agent lost 2 environments within the last hour (warning from 1 in an hour)", result.Reasons, StringComparison.Ordinal);
        rig.Clock.Advance(TimeSpan.FromMinutes(61));
        result = await Eventually.EndsAsync(rig.Sandbox.CheckHealthAsync("agent", null, rig.Observer, CancellationToken.None));
        Assert.Equal(HealthStatus.Healthy, result.Status);
    }

    [Theory]
    [InlineData("1000 1000 4096 100 100", HealthStatus.Healthy, "")]
    [InlineData("1000 150 4096 100 100", HealthStatus.Warning, "/workspace is 85 % full, 3.3 of 3.9 MB (warning from 85 % until below 80 %): delete files there, or")]
    [InlineData("1000 0 4096 100 100", HealthStatus.Critical, "/workspace is 100 % full")]
    [InlineData("1000 1000 4096 100 10", HealthStatus.Warning, "/workspace has 90 % of the files that it can hold, 90 of 100 (warning from 85 %")]
    [InlineData("1000 1000 4096 0 0", HealthStatus.Healthy, "")]
    [InlineData("nonsense", HealthStatus.Healthy, "")]
    [InlineData("1 2 3", HealthStatus.Healthy, "")]
    [InlineData("1 2 3 4 5", HealthStatus.Healthy, "")]
    public async Task A_full_file_system_is_named_with_the_figure(string answer, HealthStatus expected, string reason)
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnControl = (session, text) => text.Contains("stat -f", StringComparison.Ordinal) ? (0, $"{answer}\n") : FakeShell.Obey(session, text);
        Assert.Contains(reason, (await CheckAsync(rig, expected)).Reasons, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_a_check_sees_stays_true_for_a_monitor_until_the_next()
    {
        var interval = TimeSpan.FromSeconds(1);
        await using var rig = await CommandRig.OpenAsync();
        rig.Backend.OnStatistics = _ => new ResourceReading { ProcessCount = 3 };
        Fill("1000 0 4096 100 100");
        rig.Sandbox.Monitoring.Start(interval, rig.Whole.Observer);
        await PassUntilAsync(HealthStatus.Critical, TimeSpan.FromMilliseconds(100));
        var ticks = rig.Sandbox.Monitoring.Info!.Ticks;
        await Eventually.PassTimeAsync(
            rig.Clock, TimeSpan.FromMilliseconds(100), () => rig.Sandbox.Monitoring.Info!.Ticks >= ticks + 5, "it was judged by some samples");
        Assert.Equal(HealthStatus.Critical, rig.Sandbox.GetEnvironments().Single().Health);
        Fill("1000 1000 4096 100 100");
        await PassUntilAsync(HealthStatus.Healthy, TimeSpan.FromMilliseconds(100));
        Assert.Equal(
            ["Healthy to Critical", "Critical to Healthy"],
            rig.Sandbox.GetEvents(kinds: [SandboxEventKind.HealthChanged]).Select(each => each.Cause.Split(':')[0]));

        void Fill(string answer) => rig.Container.OnControl = (session, text) =>
            text.Contains("stat -f", StringComparison.Ordinal) ? (0, $"{answer}\n") : FakeShell.Obey(session, text);

        Task PassUntilAsync(HealthStatus status, TimeSpan step) => Eventually.PassTimeAsync(
            rig.Clock, step, () => rig.Sandbox.GetEnvironments().Single().Health == status, $"it is {status}");
    }

    [Fact]
    public async Task An_engine_that_is_gone_is_a_warning_as_long_as_the_session_answers()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Backend.Fail(BackendCall.List, EngineFault.Silent);
        rig.Backend.Feed.Break();
        await Eventually.PassTimeAsync(
            rig.Clock,
            TimeSpan.FromMilliseconds(100),
            () => rig.Sandbox.GetEvents(kinds: [SandboxEventKind.EngineGone]).Count > 0,
            "the engine is gone");
        Assert.Contains("the engine does not answer: The engine did not answer.", (await CheckAsync(rig, HealthStatus.Warning)).Reasons, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_network_a_connection_is_not_tried_and_not_missed()
    {
        await using var rig = await CommandRig.OpenAsync();
        var options = new HealthCheckOptions { ConnectivityHost = "example.org", ConnectivityPort = 443 };
        var result = await Eventually.EndsAsync(rig.Sandbox.CheckHealthAsync("agent", null, options, rig.Whole.Observer, CancellationToken.None));
        Assert.Equal(HealthStatus.Healthy, result.Status);
        Assert.Contains("has no network, so example.org:443 was not tried", result.Reasons, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_of_which_more_follows_counts_when_it_is_complete()
    {
        await using var rig = await CommandRig.OpenAsync();
        var options = new HealthCheckOptions { MoreFollows = true };
        var result = await Eventually.EndsAsync(rig.Sandbox.CheckHealthAsync("agent", null, options, rig.Whole.Observer, CancellationToken.None));
        Assert.Null(rig.Sandbox.GetMetrics().Single().HealthCheckSuccessRate);
        rig.Sandbox.CompleteHealthCheck(result with { Status = HealthStatus.Critical, Reasons = "own check failed" });
        Assert.Equal(0, rig.Sandbox.GetMetrics().Single().HealthCheckSuccessRate);
        Assert.Equal(HealthStatus.Critical, rig.Sandbox.GetEnvironments().Single().Health);
        Assert.Equal("Healthy to Critical: own check failed", rig.Sandbox.GetEvents(kinds: [SandboxEventKind.HealthChanged]).Single().Cause);
        rig.Sandbox.CompleteHealthCheck(result with { EnvironmentId = "another" });
        Assert.Equal(HealthStatus.Critical, rig.Sandbox.GetEnvironments().Single().Health);
    }

    private static async Task OutOfMemoryAsync(CommandRig rig, int times)
    {
        for (var time = 0; time < times; time++)
        {
            rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
            rig.Backend.Feed.Emit(new BackendEvent(BackendEventKind.OutOfMemory, rig.Container.Id, rig.Clock.GetUtcNow()));
            await Eventually.TrueAsync(() => rig.Backend.Feed.IsHeard, "it is heard");
        }
    }

    private static async Task<HealthResult> CheckAsync(CommandRig rig, HealthStatus expected)
    {
        var result = await Eventually.EndsAsync(rig.Sandbox.CheckHealthAsync("agent", null, rig.Whole.Observer, CancellationToken.None));
        Assert.True(expected == result.Status, $"{result.Status}: {result.Reasons}");
        return result;
    }
}
