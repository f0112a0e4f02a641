namespace ContainerSandbox.Engine.Tests.Commands;

/// <summary>Commands under the second user: nothing of an earlier one reaches the next.</summary>
public sealed class IsolatedCommandTests
{
    private static readonly CommandRequest Request = new() { Command = "check", Isolated = true };

    [Fact]
    public async Task It_runs_under_the_second_user_with_places_that_the_agent_cannot_write()
    {
        await using var rig = await CommandRig.OpenAsync();
        FakeCommand? taken = null;
        rig.Container.OnCommand = command =>
        {
            taken = command;
            command.Begin().Write("ok").Finish(0);
        };
        var result = await rig.RunAsync(Request);
        var agent = rig.Container.Sessions[0].Spec.UserId;
        Assert.Equal(("ok", CommandSource.Isolated), (result.StandardOutput, result.Source));
        Assert.Equal(agent + 1, taken!.Session.Spec.UserId);
        Assert.Matches("HOME='/dev/shm/isolated-[0-9A-F]{24}' TMPDIR='/dev/shm/isolated-[0-9A-F]{24}' PATH='/usr/bin:/bin'", taken.Arm);
        Assert.Contains("AGENT_ID='agent'", taken.Arm, StringComparison.Ordinal);
        Assert.Equal("cd -- '/workspace' || exit\n", taken.Prelude);
    }

    [Fact]
    public async Task All_that_its_user_had_is_ended_before_it_begins()
    {
        await using var rig = await CommandRig.OpenAsync();
        List<string> order = [];
        rig.Container.OnControl = (session, text) =>
        {
            if (text.StartsWith("__cs_clear", StringComparison.Ordinal))
                order.Add(text);
            return FakeShell.Obey(session, text);
        };
        rig.Container.OnCommand = command =>
        {
            order.Add(command.Text);
            command.Begin().Finish(0);
        };
        await rig.RunAsync(Request);
        await rig.RunAsync(Request);
        var clear = $"__cs_clear {rig.Container.Sessions[0].Spec.UserId + 1}";
        Assert.Equal([clear, "check", clear, "check"], order.Take(4));
    }

    [Fact]
    public async Task Each_has_a_home_and_a_session_of_its_own()
    {
        await using var rig = await CommandRig.OpenAsync();
        List<FakeCommand> taken = [];
        rig.Container.OnCommand = command =>
        {
            taken.Add(command);
            command.Begin().Finish(0);
        };
        for (var turn = 0; turn < 3; turn++)
            await rig.RunAsync(Request);
        Assert.Equal(3, taken.Select(command => command.Arm).Distinct().Count());
        Assert.Equal(3, taken.Select(command => command.Session.ProcessId).Distinct().Count());
        Assert.Equal(3, taken.Select(command => command.Session.Spec.GroupId).Distinct().Count());
    }

    [Fact]
    public async Task One_waits_for_the_other()
    {
        await using var rig = await CommandRig.OpenAsync();
        List<FakeCommand> taken = [];
        rig.Container.OnCommand = command => taken.Add(command.Begin());
        var first = rig.RunAsync(Request);
        await Eventually.TrueAsync(() => taken.Count == 1, "the first runs");
        var second = rig.RunAsync(Request);
        await Eventually.NothingMoreAsync();
        Assert.Single(taken);
        taken[0].Finish(1);
        Assert.Equal(1, (await Eventually.EndsAsync(first)).ExitCode);
        await Eventually.TrueAsync(() => taken.Count == 2, "the second runs");
        taken[1].Finish(2);
        Assert.Equal(2, (await Eventually.EndsAsync(second)).ExitCode);
    }

    [Fact]
    public async Task Processes_that_stay_are_an_error_and_the_next_tries_again()
    {
        await using var rig = await CommandRig.OpenAsync();
        var dirty = true;
        rig.Container.OnControl = (session, text) =>
            dirty && text.StartsWith("__cs_clear", StringComparison.Ordinal) ? (1, "") : FakeShell.Obey(session, text);
        await Eventually.FailsAsync(rig.Clock, rig.RunAsync(Request), SandboxErrorId.IsolationNotClean);
        dirty = false;
        Assert.Equal(0, (await rig.RunAsync(Request)).ExitCode);
    }

    [Fact]
    public async Task A_home_that_cannot_be_made_is_an_error_that_says_why()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnControl = (session, text) =>
            text.Contains("mkdir", StringComparison.Ordinal) ? (1, "No space left\n") : FakeShell.Obey(session, text);
        var exception = await Eventually.FailsAsync(rig.Clock, rig.RunAsync(Request), SandboxErrorId.IsolationNotClean);
        Assert.Contains("No space left", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timeout_ends_everything_of_the_second_user()
    {
        await using var rig = await CommandRig.OpenAsync();
        FakeCommand? taken = null;
        rig.Container.OnCommand = command => taken = command.Begin();
        rig.Container.OnControl = (session, text) =>
        {
            if (text.StartsWith("__cs_clear", StringComparison.Ordinal))
                taken?.Session.End(137);
            return FakeShell.Obey(session, text);
        };
        var running = rig.RunAsync(Request with { Timeout = TimeSpan.FromSeconds(7) });
        await Eventually.TrueAsync(() => taken is not null, "the command runs");
        rig.Clock.Advance(TimeSpan.FromSeconds(7));
        await rig.Clock.PassAsync(TimeSpan.FromMilliseconds(300));
        var result = await Eventually.EndsAsync(running);
        Assert.Equal((true, 137), (result.TimedOut, result.ExitCode));
        Assert.Contains(rig.Heard, text => text.StartsWith($"kill -TERM -{taken!.Session.ProcessId} ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_session_that_does_not_answer_is_an_error_after_a_while_and_holds_nobody_up()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command =>
        {
            command.Begin().Finish(0);
            rig.Container.Silence();
        };
        Assert.Equal(0, (await rig.RunAsync(Request)).ExitCode);
        var running = rig.RunAsync(Request);
        await rig.Clock.PassAsync(TimeSpan.FromSeconds(15));
        await rig.Clock.PassAsync(TimeSpan.FromSeconds(15));
        await Eventually.FailsAsync(rig.Clock, running, SandboxErrorId.IsolationNotClean);
        rig.Container.Speak();
        rig.Container.OnCommand = command => command.Begin().Finish(3);
        Assert.Equal(3, (await rig.RunAsync(Request)).ExitCode);
    }

    [Fact]
    public async Task A_timeout_holds_also_while_the_turn_is_anothers()
    {
        await using var rig = await CommandRig.OpenAsync();
        FakeCommand? taken = null;
        rig.Container.OnCommand = command => taken = command.Begin();
        var first = rig.RunAsync(Request);
        await Eventually.TrueAsync(() => taken is not null, "the first runs");
        var second = rig.RunAsync(Request with { Timeout = TimeSpan.FromSeconds(7) });
        await rig.Clock.PassAsync(TimeSpan.FromSeconds(7));
        var result = await Eventually.EndsAsync(second);
        Assert.True(result.TimedOut);
        taken!.Finish(0);
        await Eventually.EndsAsync(first);
    }
}
