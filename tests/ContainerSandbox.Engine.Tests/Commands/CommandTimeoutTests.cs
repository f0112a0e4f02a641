namespace ContainerSandbox.Engine.Tests.Commands;

/// <summary>Commands that are ended: by their timeout or by whoever asked for them.</summary>
public sealed class CommandTimeoutTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_timeout_asks_first_and_kills_after_the_grace(bool withInput)
    {
        await using var rig = await CommandRig.OpenAsync();
        FakeSessionChannel? session = null;
        rig.Container.OnCommand = command => session = command.Begin().Write("partial").Session;
        var running = rig.RunAsync("sleep 1000", withInput ? "x" : null, Timeout);
        await rig.Clock.PassAsync(Timeout);
        await rig.Clock.UntilWaitingAsync(Grace);
        Assert.Contains(rig.Heard, request => request.StartsWith($"kill -TERM -{session!.ProcessId} ", StringComparison.Ordinal));
        Assert.DoesNotContain(rig.Heard, request => request.StartsWith("__cs_kill", StringComparison.Ordinal));
        rig.Clock.Advance(Grace);
        var result = await Eventually.EndsAsync(running);
        Assert.Contains(rig.Heard, request => request.StartsWith($"__cs_kill {session!.Spec.GroupId} {session.ProcessId}\n", StringComparison.Ordinal));
        Assert.Equal((137, true, "partial"), (result.ExitCode, result.TimedOut, result.StandardOutput));
        Assert.False(result.OomKilled);
        Assert.Equal(Timeout + Grace, result.Duration);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    public async Task A_command_may_have_a_longer_grace_or_none(int seconds)
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command => command.Begin();
        var grace = TimeSpan.FromSeconds(seconds);
        var running = rig.RunAsync(new CommandRequest { Command = "x", Timeout = Timeout, GracePeriod = grace });
        await rig.Clock.PassAsync(Timeout);
        if (seconds > 0)
        {
            await rig.Clock.UntilWaitingAsync(grace);
            Assert.DoesNotContain(rig.Heard, request => request.StartsWith("__cs_kill", StringComparison.Ordinal));
            rig.Clock.Advance(grace);
        }

        var result = await Eventually.EndsAsync(running);
        Assert.Equal((137, true, Timeout + grace), (result.ExitCode, result.TimedOut, result.Duration));
        Assert.Equal(seconds > 0, rig.Heard.Any(request => request.StartsWith("kill -TERM", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_command_that_ends_in_its_grace_keeps_its_exit_code_and_is_cleared_away()
    {
        await using var rig = await CommandRig.OpenAsync();
        FakeCommand? running = null;
        rig.Container.OnCommand = command => running = command.Begin();
        rig.Container.OnControl = (session, text) =>
        {
            if (text.StartsWith("kill -TERM -", StringComparison.Ordinal))
                running!.Write("bye").Finish(143);
            return FakeShell.Obey(session, text);
        };
        var task = rig.RunAsync("x", null, Timeout);
        await rig.Clock.PassAsync(Timeout);
        var result = await Eventually.EndsAsync(task);
        Assert.Equal((143, true, "bye"), (result.ExitCode, result.TimedOut, result.StandardOutput));
        Assert.Contains(rig.Heard, request => request.StartsWith("__cs_kill", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_timeout_the_next_command_gets_another_session()
    {
        await using var rig = await CommandRig.OpenAsync();
        List<FakeSessionChannel> sessions = [];
        rig.Container.OnCommand = command =>
        {
            sessions.Add(command.Session);
            if (sessions.Count > 1)
                command.Begin().Finish(0);
        };
        var running = rig.RunAsync("x", null, Timeout);
        await rig.Clock.PassAsync(Timeout);
        await rig.Clock.PassAsync(Grace);
        Assert.True((await Eventually.EndsAsync(running)).TimedOut);
        Assert.Equal(0, (await rig.RunAsync("y")).ExitCode);
        Assert.NotEqual(sessions[0].ProcessId, sessions[1].ProcessId);
        Assert.True(sessions[0].IsDisposed);
    }

    [Fact]
    public async Task Cancelling_kills_without_a_grace_and_the_environment_stays()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command => command.Begin();
        using var cancellation = new CancellationTokenSource();
        var running = rig.RunAsync("x", null, null, cancellation.Token);
        await Eventually.TrueAsync(() => rig.Heard.Any(FakeShell.IsCommand), "the command runs");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.EndsAsync(running));
        Assert.Contains(rig.Heard, request => request.StartsWith("__cs_kill", StringComparison.Ordinal));
        Assert.DoesNotContain(rig.Heard, request => request.StartsWith("kill -TERM", StringComparison.Ordinal));
        rig.Container.OnCommand = command => command.Begin().Finish(0);
        Assert.Equal(0, (await rig.RunAsync("y")).ExitCode);
        Assert.Equal(0, rig.Sandbox.GetMetrics().Single().ErrorRate);
    }

    [Fact]
    public async Task Processes_that_would_not_end_cost_the_environment_and_the_timeout_is_still_reported()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command => command.Begin();
        rig.Container.OnControl = (session, text) =>
        {
            var answer = FakeShell.Obey(session, text);
            return text.StartsWith("__cs_kill", StringComparison.Ordinal) ? (1, "") : answer;
        };
        var running = rig.RunAsync("x", null, Timeout);
        await rig.Clock.PassAsync(Timeout);
        await rig.Clock.PassAsync(Grace);
        Assert.True((await Eventually.EndsAsync(running)).TimedOut);
        await LostAsync(rig);
    }

    [Fact]
    public async Task Sessions_that_answer_no_more_when_they_should_kill_cost_the_environment()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command => command.Begin();
        rig.Container.OnControl = (session, text) =>
        {
            if (text.StartsWith("kill -TERM", StringComparison.Ordinal))
                _ = Task.Run(rig.Container.Silence);
            return FakeShell.Obey(session, text);
        };
        var running = rig.RunAsync("x", null, Timeout);
        await rig.Clock.PassAsync(Timeout);
        await rig.Clock.PassAsync(Grace);
        await rig.Clock.PassAsync(Grace + TimeSpan.FromSeconds(10));
        Assert.True((await Eventually.EndsAsync(running)).TimedOut);
        await LostAsync(rig);
    }

    [Fact]
    public async Task A_timeout_that_passes_before_the_session_takes_the_command_up_is_a_timeout()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = _ => { };
        var running = rig.RunAsync("x", "input", Timeout);
        await rig.Clock.PassAsync(Timeout);
        await rig.Clock.PassAsync(Grace);
        var result = await Eventually.EndsAsync(running);
        Assert.Equal((true, 137), (result.TimedOut, result.ExitCode));
    }

    [Fact]
    public async Task A_timeout_counts_as_a_failure_of_the_platform()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command => command.Begin();
        var running = rig.RunAsync("x", null, Timeout);
        await rig.Clock.PassAsync(Timeout);
        await rig.Clock.PassAsync(Grace);
        await Eventually.EndsAsync(running);
        Assert.Equal(0.5, rig.Sandbox.GetMetrics().Single().ErrorRate);
    }

    [Fact]
    public async Task A_timeout_of_years_is_none()
    {
        await using var rig = await CommandRig.OpenAsync();
        Assert.Equal(0, (await rig.RunAsync("x", null, TimeSpan.FromDays(3650))).ExitCode);
        Assert.Equal(0, (await rig.RunAsync("x", null, TimeSpan.MaxValue)).ExitCode);
    }

    private static async Task LostAsync(CommandRig rig)
    {
        Assert.Equal(AgentEnvironmentState.Lost, rig.Sandbox.GetEnvironments().Single().State);
        Assert.True(rig.Container.IsReleased);
        await Eventually.FailsAsync(rig.Clock, rig.RunAsync("y"), SandboxErrorId.AgentEnvironmentLost);
    }
}
