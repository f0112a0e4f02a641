using System.Globalization;

namespace ContainerSandbox.Engine.Tests.Sessions;

/// <summary>What a command writes is what its result holds, byte for byte.</summary>
[Collection(nameof(LocalShellTests))]
public sealed class WorkerOutputTests
{
    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Both_streams_and_the_exit_code_are_exact(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var result = await rig.RunAsync("echo out; echo err >&2; (exit 42)");
        Assert.Equal("out\n", result.StandardOutput);
        Assert.Equal("err\n", result.StandardError);
        Assert.Equal(42, result.ExitCode);
        Assert.Equal(0, result.ProcessesLeft);
        Assert.Equal(CommandSource.Worker, result.Source);
        Assert.False(result.Truncated || result.InvalidUtf8 || result.TimedOut || result.OomKilled);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_missing_newline_stays_missing_and_empty_stays_empty(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var bare = await rig.RunAsync("printf out; printf err >&2");
        var empty = await rig.RunAsync(":");
        var newlines = await rig.RunAsync(@"printf '\n\n'");
        Assert.Equal(("out", "err"), (bare.StandardOutput, bare.StandardError));
        Assert.Equal(("", "", 0), (empty.StandardOutput, empty.StandardError, empty.ExitCode));
        Assert.Equal("\n\n", newlines.StandardOutput);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Control_characters_pass_through(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var result = await rig.RunAsync(@"printf 'a\000b\033[31mred\033[0m\r\n\007'");
        Assert.Equal("a\0b\e[31mred\e[0m\r\n\a", result.StandardOutput);
        Assert.False(result.InvalidUtf8);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_megabyte_on_each_stream_arrives_whole(string shell)
    {
        const int Size = 1 << 20;
        await using var rig = await ShellRig.OpenAsync(shell);
        var result = await rig.RunAsync(
            $"head -c {Size} /dev/zero | tr '\\000' o & head -c {Size} /dev/zero | tr '\\000' e >&2; wait");
        Assert.Equal(new string('o', Size), result.StandardOutput);
        Assert.Equal(new string('e', Size), result.StandardError);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Bytes_that_are_no_text_are_flagged_and_replaced(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var output = await rig.RunAsync(@"printf 'a\377b'");
        var error = await rig.RunAsync(@"printf '\303' >&2");
        Assert.True(output.InvalidUtf8 && error.InvalidUtf8);
        Assert.Equal("a\uFFFDb", output.StandardOutput);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Output_over_the_limit_is_dropped_and_the_command_goes_on(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var result = await rig.RunAsync(new CommandRequest
        {
            Command = "head -c 3000000 /dev/zero | tr '\\000' x; echo over >&2; exit 5",
            MaximumOutput = 1000,
        });
        Assert.Equal(new string('x', 1000), result.StandardOutput);
        Assert.Equal("over\n", result.StandardError);
        Assert.Equal(5, result.ExitCode);
        Assert.True(result.Truncated);
        Assert.Equal("after\n", (await rig.RunAsync("echo after")).StandardOutput);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Output_of_exactly_the_limit_is_not_truncated(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var result = await rig.RunAsync(new CommandRequest { Command = "printf 0123456789", MaximumOutput = 10 });
        Assert.Equal("0123456789", result.StandardOutput);
        Assert.False(result.Truncated);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Text_cut_within_a_character_is_not_called_invalid(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var result = await rig.RunAsync(new CommandRequest { Command = "printf 'aé€'", MaximumOutput = 5 });
        Assert.Equal("aé", result.StandardOutput);
        Assert.True(result.Truncated);
        Assert.False(result.InvalidUtf8);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_command_that_shows_all_variables_does_not_end_its_own_output(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        await rig.ArmAsync(new Dictionary<string, string> { ["SHOWN"] = "yes" });
        var plain = await rig.RunAsync("set");
        Assert.Equal(("", 0), (plain.StandardError, plain.ExitCode));
        Assert.Contains("SHOWN", plain.StandardOutput, StringComparison.Ordinal);
        foreach (var padding in new[] { "", new string('#', 3000) })
        {
            var result = await rig.RunAsync($"set; export -p; echo last {padding}");
            Assert.Contains("SHOWN", result.StandardOutput, StringComparison.Ordinal);
            Assert.EndsWith("last\n", result.StandardOutput, StringComparison.Ordinal);
            Assert.Equal("", result.StandardError);
            Assert.Equal(0, result.ExitCode);
        }
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_hundred_commands_in_a_row_use_one_session(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        for (var number = 0; number < 100; number++)
            Assert.Equal(number.ToString(CultureInfo.InvariantCulture), (await rig.RunAsync($"printf {number}")).StandardOutput);
        Assert.Equal(2, rig.Backend.Sessions.Count);
    }
}
