using System.Text;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Commands;

/// <summary>How commands end when all goes well, and when something breaks.</summary>
public sealed class CommandEndTests
{
    [Fact]
    public async Task A_result_holds_what_the_session_said()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command =>
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(2));
            command.Begin().Write("out").WriteError("err").Finish(3, 0);
        };
        var at = rig.Clock.GetUtcNow();
        var result = await rig.RunAsync("do it");
        Assert.Equal((3, "out", "err", 0), (result.ExitCode, result.StandardOutput, result.StandardError, result.ProcessesLeft));
        Assert.Equal((at, TimeSpan.FromSeconds(2), "do it"), (result.StartedAt, result.Duration, result.Command));
        Assert.Equal(("agent", SandboxRig.SandboxId, rig.Environment.EnvironmentId), (result.AgentId, result.SandboxId, result.EnvironmentId));
    }

    [Fact]
    public async Task A_session_killed_while_idle_is_replaced_and_the_command_runs_once()
    {
        await using var rig = await CommandRig.OpenAsync();
        var commands = 0;
        rig.Container.OnCommand = command =>
        {
            if (Interlocked.Increment(ref commands) < 3)
                command.Session.End(137);
            else
                command.Begin().Write("ran").Finish(0);
        };
        Assert.Equal("ran", (await rig.RunAsync("x")).StandardOutput);
        Assert.Equal(3, commands);
    }

    [Fact]
    public async Task A_command_that_never_begins_is_an_error_and_not_a_result()
    {
        await using var rig = await CommandRig.OpenAsync();
        var commands = 0;
        rig.Container.OnCommand = command =>
        {
            commands++;
            command.Session.End(137);
        };
        await Eventually.FailsAsync(rig.Clock, rig.RunAsync("x"), SandboxErrorId.SessionFailed);
        Assert.Equal(3, commands);
    }

    [Fact]
    public async Task A_command_with_input_that_never_begins_is_an_error_and_not_a_result()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command => command.Session.End(137);
        await Eventually.FailsAsync(rig.Clock, rig.RunAsync("x", "input"), SandboxErrorId.SessionFailed);
    }

    [Fact]
    public async Task The_end_of_the_streams_without_an_exit_code_is_a_lost_command_and_never_a_success()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command =>
        {
            command.Begin().Write("half");
            command.Session.EndStreams();
        };
        var command = rig.RunAsync("x");
        var exception = await Assert.ThrowsAsync<SandboxException>(() => Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(100), command));
        Assert.Equal(SandboxErrorId.EngineLost, exception.ErrorId);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_lost_command()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command =>
        {
            command.Begin();
            command.Session.Break();
        };
        var exception = await Eventually.FailsAsync(rig.Clock, rig.RunAsync("x"), SandboxErrorId.EngineLost);
        Assert.Equal("The connection broke.", exception.Message);
        Assert.Equal(AgentEnvironmentState.Running, rig.Sandbox.GetEnvironments().Single().State);
    }

    [Fact]
    public async Task A_connection_that_broke_is_no_result_although_the_exit_code_is_known()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command =>
        {
            command.Begin().Write("half of it").Session.EndLeader(0);
            command.Session.Break();
        };
        await Eventually.FailsAsync(rig.Clock, rig.RunAsync("x"), SandboxErrorId.EngineLost);
    }

    [Fact]
    public async Task An_exit_code_that_the_engine_knows_only_later_is_waited_for()
    {
        await using var rig = await CommandRig.OpenAsync();
        FakeSessionChannel? session = null;
        rig.Container.OnCommand = command =>
        {
            session = command.Begin().Session;
            session.EndStreams();
        };
        var running = rig.RunAsync("x", "");
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromMilliseconds(1));
        session!.EndLeader(6);
        Assert.Equal(6, (await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(1), running)).ExitCode);
    }

    [Fact]
    public async Task The_end_of_the_leader_is_the_end_although_a_child_holds_the_streams()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command => command.Begin().Write("all").Session.EndLeader(7);
        var running = rig.RunAsync("x", "");
        var result = await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(10), running);
        Assert.Equal((7, "all", CommandSource.OneShot), (result.ExitCode, result.StandardOutput, result.Source));
        Assert.InRange(result.Duration, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400));
    }

    [Fact]
    public async Task A_child_that_never_stops_writing_does_not_hold_the_result()
    {
        await using var rig = await CommandRig.OpenAsync();
        FakeSessionChannel? session = null;
        rig.Container.OnCommand = command =>
        {
            session = command.Begin().Session;
            session.EndLeader(7);
        };
        var running = rig.RunAsync("x", "");
        for (var turn = 0; turn < 2000 && !running.IsCompleted; turn++)
        {
            session?.Say(SessionOutput.Standard, Encoding.ASCII.GetBytes("noise\n"));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            rig.Clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.True(running.IsCompleted, "the child held the result for 20 s");
        Assert.Equal(7, (await running).ExitCode);
    }

    [Fact]
    public async Task A_session_that_cannot_count_what_was_left_does_not_cost_the_result()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command =>
        {
            command.Begin().Write("done");
            foreach (var other in rig.Container.Sessions)
                other.IsSilent = true;
            rig.Container.IsSilent = true;
            command.Session.End(0);
        };
        var running = rig.RunAsync("x", "");
        var result = await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(100), running);
        Assert.Equal((0, "done"), (result.ExitCode, result.StandardOutput));
    }

    [Fact]
    public async Task The_result_stays_although_all_sessions_went_with_the_command()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Backend.Fail(BackendCall.OpenSession, EngineFault.Refused);
        rig.Container.OnCommand = command =>
        {
            command.Begin().Write("done");
            rig.Container.EndSessions();
        };
        var result = await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(100), rig.RunAsync("kill -9 -1"));
        Assert.Equal((137, "done"), (result.ExitCode, result.StandardOutput));
    }
}
