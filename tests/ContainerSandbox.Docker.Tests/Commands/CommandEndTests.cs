using ContainerSandbox.Docker.Tests.Hardening;
using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Docker.Tests.Commands;

/// <summary>How a command ends that does not end by itself, and what it takes with it.</summary>
[Collection(DockerEngineGroup.Name)]
public sealed class CommandEndTests(DockerFixture engine, ShellImages shells) : IClassFixture<ShellImages>
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(500);

    [Theory]
    [MemberData(nameof(CommandTests.Shells), MemberType = typeof(CommandTests))]
    public async Task A_timeout_ends_all_that_the_command_started_and_nothing_of_another(string shell)
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, shell);
        var other = sandbox.RunAsync(environment, "sleep 3; echo survived");

        var result = await sandbox.RunAsync(environment, new CommandRequest
        {
            Command = "trap '' TERM; (setsid sh -c '(env -i setsid sleep 4321 &) ; sleep 4321' &); sleep 4321",
            Timeout = Short,
        });

        Assert.True(result.TimedOut);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal("0\n", await CountAsync(sandbox, environment, "4321"));
        Assert.Equal("survived\n", (await other).StandardOutput);
        await sandbox.RemoveAsync(environment);
    }

    [Fact]
    public async Task A_command_may_end_in_order_after_TERM()
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, ShellImages.Busybox);

        var result = await sandbox.RunAsync(environment, new CommandRequest
        {
            Command = "trap 'echo bye; exit 9' TERM; sleep 60 & wait",
            Timeout = TimeSpan.FromSeconds(2),
            GracePeriod = TimeSpan.FromSeconds(30),
        });

        Assert.Equal((true, 9, "bye\n"), (result.TimedOut, result.ExitCode, result.StandardOutput));
        await sandbox.RemoveAsync(environment);
    }

    [Theory]
    [MemberData(nameof(CommandTests.Shells), MemberType = typeof(CommandTests))]
    public async Task A_fork_bomb_at_the_process_limit_is_ended_and_the_environment_goes_on(string shell)
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, shell, new ClaimRequest { PidsLimit = 64 });

        var bomb = await sandbox.RunAsync(
            environment, new CommandRequest { Command = "f() { f | f & }; f 2>/dev/null; sleep 30", Timeout = Short });
        var after = await sandbox.RunAsync(environment, "echo alive");

        Assert.True(bomb.TimedOut);
        Assert.Equal("alive\n", after.StandardOutput);
        await sandbox.RemoveAsync(environment);
    }

    [Fact]
    public async Task Cancelling_ends_the_command_and_what_it_started()
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, ShellImages.Busybox);
        using var stop = new CancellationTokenSource(Short);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sandbox.RunCommandAsync(
            environment.AgentId, null, new CommandRequest { Command = "(setsid sleep 4322 &); sleep 4322" }, Quiet.Observer, stop.Token));

        Assert.Equal("0\n", await CountAsync(sandbox, environment, "4322"));
        await sandbox.RemoveAsync(environment);
    }

    [Fact]
    public async Task What_a_command_leaves_running_is_counted_and_goes_on()
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, ShellImages.Busybox);

        var first = await sandbox.RunAsync(environment, "while :; do echo tick; sleep 0.1; done & (sleep 1; echo done > server) &");
        var next = await sandbox.RunAsync(environment, "echo exact");
        await sandbox.RunAsync(environment, "sleep 1.5");
        var later = await sandbox.RunAsync(environment, "cat server");

        Assert.True(first.ProcessesLeft >= 2, $"{first.ProcessesLeft}");
        Assert.Equal("exact\n", next.StandardOutput);
        Assert.Equal("done\n", later.StandardOutput);
        await sandbox.RemoveAsync(environment);
    }

    [Theory]
    [MemberData(nameof(CommandTests.Shells), MemberType = typeof(CommandTests))]
    public async Task An_agent_that_ends_its_idle_sessions_only_makes_the_next_command_slower(string shell)
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, shell);

        var suicide = await sandbox.RunAsync(environment, "echo x; kill -9 -1; kill -9 $$");
        var next = await sandbox.RunAsync(environment, "echo alive");
        var bounded = await sandbox.RunAsync(environment, new CommandRequest { Command = "sleep 60", Timeout = Short });

        Assert.Equal(("x\n", 137), (suicide.StandardOutput, suicide.ExitCode));
        Assert.Equal("alive\n", next.StandardOutput);
        Assert.True(bounded.TimedOut);
        await sandbox.RemoveAsync(environment);
    }

    [Fact]
    public async Task A_command_to_a_container_that_was_killed_is_lost_and_its_agent_id_is_free_again()
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, ShellImages.Busybox);
        var running = sandbox.RunAsync(environment, "sleep 60");
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, CancellationToken.None);

        await Tool.DockerAsync("kill", environment.ContainerId);

        var lost = await Assert.ThrowsAsync<SandboxException>(() => running);
        Assert.Contains(lost.ErrorId, new[] { SandboxErrorId.AgentEnvironmentLost, SandboxErrorId.EngineLost });
        await Testing.Eventually.HoldsAsync("the environment is lost", TimeSpan.FromSeconds(3), () => Task.FromResult(
            sandbox.GetEnvironments().Single(each => each.AgentId == environment.AgentId).State == AgentEnvironmentState.Lost));
        var again = await Assert.ThrowsAsync<SandboxException>(() => sandbox.RunAsync(environment, "echo"));
        Assert.Equal(SandboxErrorId.AgentEnvironmentLost, again.ErrorId);
        var newer = await sandbox.ClaimAsync(new ClaimRequest { AgentId = environment.AgentId }, Quiet.Observer, CancellationToken.None);
        Assert.Equal("new\n", (await sandbox.RunAsync(newer, "echo new")).StandardOutput);
        await sandbox.RemoveAsync(newer);
    }

    private static async Task<string> CountAsync(Sandbox sandbox, AgentEnvironment environment, string argument) => (await sandbox.RunAsync(
        environment, $"n=0; for p in /proc/[0-9]*; do case $(tr '\\0' ' ' 2>/dev/null <$p/cmdline) in *'sleep {argument} '*) n=$((n+1));; esac; done; echo $n")).StandardOutput;
}
