using System.Security.Cryptography;
using ContainerSandbox.Docker.Tests.Hardening;

namespace ContainerSandbox.Docker.Tests.Commands;

/// <summary>What a user sees of a command, in each of the shells that an image may bring.</summary>
[Collection(DockerEngineGroup.Name)]
public sealed class CommandTests(DockerFixture engine, ShellImages shells) : IClassFixture<ShellImages>
{
    public static TheoryData<string> Shells => new(ShellImages.Busybox, ShellImages.Dash, ShellImages.Bash);

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Output_error_and_exit_code_are_exact(string shell)
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, shell);

        var result = await sandbox.RunAsync(environment, "printf 'out\\n\\033[31mred'; printf 'err' >&2; exit 3");

        Assert.Equal("out\n\u001b[31mred", result.StandardOutput);
        Assert.Equal("err", result.StandardError);
        Assert.Equal(3, result.ExitCode);
        Assert.Equal(CommandSource.Worker, result.Source);
        await sandbox.RemoveAsync(environment);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Commands_share_files_but_neither_directory_nor_variables(string shell)
    {
        var (sandbox, environment) = await shells.ClaimAsync(
            engine, shell, new ClaimRequest { EnvironmentVariables = new Dictionary<string, string> { ["MODE"] = "it's\n$HOME" } });

        await sandbox.RunAsync(environment, "echo kept > file; mkdir -p sub; cd sub; LEAK=1; export LEAK");
        var result = await sandbox.RunAsync(environment, new CommandRequest
        {
            Command = "cat file; pwd; echo \"[$LEAK] [$MODE] [$ONCE] [$1] [$2] $AGENT_ID\"",
            Arguments = ["a b", "c'd"],
            EnvironmentVariables = new Dictionary<string, string> { ["ONCE"] = "x\"y" },
        });

        Assert.Equal($"kept\n/workspace\n[] [it's\n$HOME] [x\"y] [a b] [c'd] {environment.AgentId}\n", result.StandardOutput);
        await sandbox.RemoveAsync(environment);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_megabyte_of_input_reaches_the_command_byte_by_byte(string shell)
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, shell);
        var bytes = RandomNumberGenerator.GetBytes(1 << 20);

        var result = await sandbox.RunAsync(environment, new CommandRequest { Command = "sha256sum; exit 4", StandardInput = new MemoryStream(bytes) });

        Assert.StartsWith(Convert.ToHexStringLower(SHA256.HashData(bytes)), result.StandardOutput, StringComparison.Ordinal);
        Assert.Equal(4, result.ExitCode);
        Assert.Equal(CommandSource.OneShot, result.Source);
        await sandbox.RemoveAsync(environment);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_script_of_200_KB_runs_as_it_is(string shell)
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, shell);
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i:x9}\n"));

        var result = await sandbox.RunAsync(environment, $"cat <<'EOF'\n{text}EOF\nexit 5");

        Assert.Equal(text, result.StandardOutput);
        Assert.Equal(5, result.ExitCode);
        await sandbox.RemoveAsync(environment);
    }

    [Fact]
    public async Task Ten_commands_at_once_do_not_mix()
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, ShellImages.Busybox);

        var results = await Task.WhenAll(Enumerable.Range(1, 10).Select(i =>
            sandbox.RunAsync(environment, $"for n in 1 2 3 4 5; do echo {i}; sleep 0.05; done; exit {i}")));

        Assert.Equal(Enumerable.Range(1, 10), results.Select(result => result.ExitCode));
        Assert.All(results, result => Assert.Equal(string.Concat(Enumerable.Repeat($"{result.ExitCode}\n", 5)), result.StandardOutput));
        await sandbox.RemoveAsync(environment);
    }

    [Fact]
    public async Task Output_beyond_the_limit_is_dropped_and_memory_stays_bounded()
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, ShellImages.Busybox);
        await sandbox.RunAsync(environment, ":");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long peak = 0;
        using var watch = new Timer(_ => peak = Math.Max(peak, GC.GetTotalMemory(false)), null, 0, 20);

        var result = await sandbox.RunAsync(
            environment, new CommandRequest { Command = "head -c 200000000 /dev/zero | tr '\\0' x; exit 6", MaximumOutput = 1 << 20 });

        Assert.True(result.Truncated);
        Assert.Equal(1 << 20, result.StandardOutput.Length);
        Assert.Equal(6, result.ExitCode);
        // Tests that run beside this one take of the same heap; what is dropped would be twice as much and more.
        Assert.True(peak - before < 96 << 20, $"{(peak - before) >> 20} MB were taken");
        await sandbox.RemoveAsync(environment);
    }

    [Fact]
    public async Task Invalid_utf8_is_replaced_and_flagged()
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, ShellImages.Busybox);

        var result = await sandbox.RunAsync(environment, "printf 'a\\377b'");

        Assert.Equal("a\uFFFDb", result.StandardOutput);
        Assert.True(result.InvalidUtf8);
        await sandbox.RemoveAsync(environment);
    }

    [Fact]
    public async Task A_command_that_uses_up_the_memory_says_so_and_the_environment_goes_on()
    {
        var (sandbox, environment) = await shells.ClaimAsync(engine, ShellImages.Busybox, new ClaimRequest { Memory = 400L << 20 });

        var bomb = await sandbox.RunAsync(environment, "tail /dev/zero");
        var other = await sandbox.RunAsync(environment, "kill -9 $$");
        var after = await sandbox.RunAsync(environment, "echo alive");

        Assert.Equal((137, true), (bomb.ExitCode, bomb.OomKilled));
        Assert.Equal((137, false), (other.ExitCode, other.OomKilled));
        Assert.Equal("alive\n", after.StandardOutput);
        await sandbox.RemoveAsync(environment);
    }
}
