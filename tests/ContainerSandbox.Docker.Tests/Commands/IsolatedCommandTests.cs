using ContainerSandbox.Docker.Tests.Hardening;

namespace ContainerSandbox.Docker.Tests.Commands;

/// <summary>What a result proves: an earlier hostile command fools a later one of the same user, and not an isolated one.</summary>
[Collection(DockerEngineGroup.Name)]
public sealed class IsolatedCommandTests(DockerFixture engine, ShellImages shells) : IClassFixture<ShellImages>
{
    [Fact]
    public async Task A_command_that_rewrites_its_worker_forges_later_results_but_not_isolated_ones()
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, ShellImages.Busybox);

        var attack = await sandbox.RunAsync(environment, "/forge $$");
        var forged = await sandbox.RunAsync(environment, "exit 3");
        var isolated = await sandbox.RunAsync(environment, "echo graded; exit 3", isolated: true);
        var attackFromOutside = await sandbox.RunAsync(environment, "for p in /proc/[0-9]*; do /forge ${p#/proc/}; done >/dev/null 2>&1");
        var isolatedAgain = await sandbox.RunAsync(environment, "echo graded; exit 4", isolated: true);

        // Without these two the test would prove nothing: the attack must be a real one.
        Assert.NotEqual("0\n", attack.StandardOutput);
        Assert.Equal(0, forged.ExitCode);
        Assert.Equal(("graded\n", 3), (isolated.StandardOutput, isolated.ExitCode));
        Assert.Equal(("graded\n", 4), (isolatedAgain.StandardOutput, isolatedAgain.ExitCode));
        Assert.Equal(CommandSource.Isolated, isolatedAgain.Source);
        Assert.True(attackFromOutside.Duration > TimeSpan.Zero);
        await sandbox.RemoveAsync(environment);
    }

    [Fact]
    public async Task Its_user_home_and_path_are_its_own()
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, ShellImages.Busybox);
        var agent = await sandbox.RunAsync(environment, "id -u");

        var isolated = await sandbox.RunAsync(environment, "id -u; echo $HOME; echo $TMPDIR; echo $PATH; touch $HOME/mine && echo wrote; sleep 2", isolated: true);

        var lines = isolated.StandardOutput.Split('\n');
        Assert.NotEqual(agent.StandardOutput.Trim(), lines[0]);
        Assert.Equal(lines[1], lines[2]);
        Assert.Equal("wrote", lines[4]);
        Assert.All(lines[3].Split(':'), folder => Assert.DoesNotContain(folder, new[] { "/workspace", "/home/agent", "/tmp", "" }));
        foreach (var place in lines[3].Split(':').Append(lines[1]))
        {
            var write = await sandbox.RunAsync(environment, $"touch {place}/evil");
            Assert.NotEqual(0, write.ExitCode);
        }

        await sandbox.RemoveAsync(environment);
    }

    [Fact]
    public async Task The_agent_cannot_end_it_and_nothing_of_it_remains_for_the_next()
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, ShellImages.Busybox);
        var running = sandbox.RunAsync(environment, "(setsid sleep 4323 &); echo secret > $HOME/left; echo $HOME; sleep 1; exit 7", isolated: true);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, CancellationToken.None);
        await sandbox.RunAsync(environment, "kill -9 -1");

        var first = await running;
        var second = await sandbox.RunAsync(
            environment, $"ls -d {first.StandardOutput.Trim()}; ls $HOME; for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline; done | grep -c '[s]leep 4323'", isolated: true);

        Assert.Equal(7, first.ExitCode);
        Assert.Equal("0", second.StandardOutput.Trim());
        await sandbox.RemoveAsync(environment);
    }

    [Fact]
    public async Task What_the_agent_hides_from_it_fails_closed()
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, ShellImages.Busybox);
        await sandbox.RunAsync(environment, "echo 42 > answer; echo 42 > hidden; chmod 600 hidden");

        var open = await sandbox.RunAsync(environment, "grep -q 42 answer", isolated: true);
        var hidden = await sandbox.RunAsync(environment, "grep -q 42 hidden", isolated: true);

        Assert.Equal(0, open.ExitCode);
        Assert.NotEqual(0, hidden.ExitCode);
        await sandbox.RemoveAsync(environment);
    }

    [Fact]
    public async Task A_timeout_ends_it()
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, ShellImages.Busybox);

        var slow = await sandbox.RunAsync(
            environment, new CommandRequest { Command = "trap '' TERM; sleep 60", Isolated = true, Timeout = TimeSpan.FromMilliseconds(400) });
        var next = await sandbox.RunAsync(environment, "echo next", isolated: true);

        Assert.Equal((true, 137), (slow.TimedOut, slow.ExitCode));
        Assert.Equal("next\n", next.StandardOutput);
        await sandbox.RemoveAsync(environment);
    }
}
