namespace ContainerSandbox.Engine.Tests.Sessions;

/// <summary>One command of a worker is nothing to the next.</summary>
[Collection(nameof(LocalShellTests))]
public sealed class WorkerConductTests
{
    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Exit_ends_the_command_and_not_the_session(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var first = await rig.RunAsync("echo $$; exit 3; echo never");
        var second = await rig.RunAsync("echo $$");
        Assert.Equal(3, first.ExitCode);
        Assert.Equal(first.StandardOutput, second.StandardOutput);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_syntax_error_is_the_commands_and_the_session_goes_on(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        foreach (var wrong in new[] { "if then", "echo 'open", "echo $(", "fi", "cat <<EOF" })
        {
            var result = await rig.RunAsync(wrong);
            Assert.True(wrong == "cat <<EOF" || (result.ExitCode != 0 && result.StandardError.Length > 0), $"{wrong}: {result.ExitCode} {result.StandardError}");
            Assert.Equal("fine\n", (await rig.RunAsync("echo fine")).StandardOutput);
        }

        Assert.Equal(2, rig.Backend.Sessions.Count);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Place_variables_functions_options_and_traps_are_forgotten(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        await rig.RunAsync("cd /; V=1; export E=1; f() { :; }; set -e -f -u; trap 'echo trapped' EXIT; umask 077; IFS=x; readonly R=1; set -- a b; exec 5>&1");
        var result = await rig.RunAsync(
            "pwd; echo \"${V-unset} ${E-unset} $# $(umask)\"; command -v f || echo none; echo /*; v='axb c'; echo $v; R=2; echo $R $undefined; false; echo here");
        var lines = result.StandardOutput.Split('\n');
        Assert.Equal(rig.WorkingDirectory, lines[0]);
        Assert.Equal("unset unset 0 0002", lines[1]);
        Assert.Equal("none", lines[2]);
        Assert.StartsWith("/bin", lines[3], StringComparison.Ordinal);
        Assert.Equal(["axb c", "2", "here", ""], lines[4..]);
        Assert.Equal("", result.StandardError);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Files_are_made_for_the_group_to_write(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        await rig.RunAsync("echo x >made");
        Assert.Equal("664\n", (await rig.RunAsync("stat -c %a made")).StandardOutput);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Standard_input_is_empty_and_no_request_can_be_read(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var result = await rig.RunAsync("cat; readlink /proc/self/fd/0; cat <&0; ls -l /proc/self/fd | grep -F \"$(readlink /proc/$$/fd/0)\"");
        Assert.Equal("/dev/null\n", result.StandardOutput);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Words_of_the_loop_are_not_parameters_of_the_command(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var result = await rig.RunAsync("echo \"$#:$*:$0\"");
        Assert.Equal("0::sh\n", result.StandardOutput);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_command_that_ends_its_session_is_reported_with_the_engines_exit_code(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var result = await rig.RunAsync("echo before; kill -9 $$; sleep 0.01; echo after");
        Assert.StartsWith("before\n", result.StandardOutput, StringComparison.Ordinal);
        Assert.Equal(137, result.ExitCode);
        await rig.SettleAsync();
        Assert.Equal("fine\n", (await rig.RunAsync("echo fine")).StandardOutput);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Commands_at_the_same_time_get_sessions_of_their_own(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var running = Task.WhenAll(Enumerable.Range(0, 6).Select(number => rig.RunAsync(
            $": >started-{number}; while [ ! -e go ]; do sleep 0.01; done; echo $$; exit {number}")));
        await Eventually.TrueAsync(() => Directory.GetFiles(rig.WorkingDirectory, "started-*").Length == 6, "all run");
        await File.WriteAllTextAsync(Path.Combine(rig.WorkingDirectory, "go"), "");
        var results = await running;
        Assert.Equal([0, 1, 2, 3, 4, 5], results.Select(result => result.ExitCode));
        Assert.Equal(6, results.Select(result => result.StandardOutput).Distinct().Count());
    }
}
