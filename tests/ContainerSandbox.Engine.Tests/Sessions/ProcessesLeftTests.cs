using System.Diagnostics;
using System.Globalization;

namespace ContainerSandbox.Engine.Tests.Sessions;

/// <summary>What a command leaves is counted, and its session stays with it.</summary>
[Collection(nameof(LocalShellTests))]
public sealed class ProcessesLeftTests
{
    [Theory]
    [ClassData(typeof(Shells))]
    public async Task What_goes_on_is_counted(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var result = await rig.RunAsync("sleep 1000 & echo $!; setsid sleep 1000 & echo $!; (sleep 1000 & echo $!)");
        using var left = new Left(result);
        Assert.Equal(3, result.ProcessesLeft);
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task What_the_shell_has_waited_for_is_not_counted(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var result = await rig.RunAsync("sleep 0 & sleep 0 & wait; echo $(echo sub | cat)");
        Assert.Equal(0, result.ProcessesLeft);
        Assert.Equal("sub\n", result.StandardOutput);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task The_session_is_not_used_again_and_is_closed_once_all_is_over(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var first = await rig.RunAsync("echo $$; sleep 1000 & echo $!");
        var session = first.StandardOutput.Split('\n')[0];
        using (new Left(first, skip: 1))
        {
            for (var turn = 0; turn < 5; turn++)
                Assert.NotEqual(session, (await rig.RunAsync("printf $$")).StandardOutput);
            await rig.SettleAsync();
            Assert.True(Directory.Exists($"/proc/{session}"), "the session of what goes on is open");
        }

        // It is looked for when the next session is opened in place of one.
        using (new Left(await rig.RunAsync("sleep 1000 & echo $!")))
        {
            await rig.SettleAsync();
            await Eventually.TrueAsync(() => !Directory.Exists($"/proc/{session}"), "the session of what is over is closed");
        }
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task What_goes_on_and_writes_disturbs_neither_its_result_nor_the_next(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        for (var turn = 0; turn < 20; turn++)
        {
            var result = await rig.RunAsync("(while :; do echo noise; echo noise >&2; done) & echo $!");
            using var left = new Left(result);
            Assert.Equal(0, result.ExitCode);
            Assert.Equal(1, result.ProcessesLeft);
            Assert.Equal("quiet\n", (await rig.RunAsync("echo quiet")).StandardOutput);
        }
    }

    // Only bash reads files in a way that can miss something, and that only once in some hundreds.
    [Theory]
    [InlineData(LocalShell.Busybox, 200)]
    [InlineData(LocalShell.Dash, 200)]
    [InlineData(LocalShell.Bash, 2000)]
    public async Task A_process_that_keeps_changing_its_state_is_found_every_time(string shell, int times)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var result = await rig.RunAsync("(while :; do sleep 0.0001; done) >/dev/null 2>&1 & echo $!");
        using var left = new Left(result);
        var process = $"/proc/{result.StandardOutput.Trim()}";
        var group = (await File.ReadAllLinesAsync($"{process}/status")).Single(line => line.StartsWith("Gid:", StringComparison.Ordinal)).Split('\t')[1];
        var (_, found) = await Eventually.EndsAsync(rig.Sessions.AskSpareAsync(
            $"n=0; i=0; while [ $i -lt {times} ]; do __cs_is {process} Gid {group} && n=$((n+1)); i=$((i+1)); done; echo $n", CancellationToken.None));
        Assert.Equal($"{times}\n", found);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_command_that_takes_its_session_with_it_has_what_it_left_counted(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var result = await rig.RunAsync("sleep 1000 >/dev/null 2>&1 & echo $!; kill -9 $$");
        using var left = new Left(result);
        Assert.Equal(137, result.ExitCode);
        Assert.InRange(result.ProcessesLeft, 1, 2);
    }

    /// <summary>Ends the processes whose ids a command wrote: they are this test's own.</summary>
    private sealed class Left(CommandResult result, int skip = 0) : IDisposable
    {
        public void Dispose()
        {
            var lines = result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(skip);
            foreach (var line in lines.Where(line => line.All(char.IsAsciiDigit)))
            {
                using var process = Process.GetProcessById(int.Parse(line, CultureInfo.InvariantCulture));
                process.Kill();
            }
        }
    }
}
