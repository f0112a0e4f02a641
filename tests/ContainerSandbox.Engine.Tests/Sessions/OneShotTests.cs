using System.Security.Cryptography;
using System.Text;

namespace ContainerSandbox.Engine.Tests.Sessions;

/// <summary>A command with standard input: its session becomes it.</summary>
[Collection(nameof(LocalShellTests))]
public sealed class OneShotTests
{
    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Standard_input_arrives_byte_for_byte_and_ends(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        foreach (var size in new[] { 0, 1, 4096, 300_000 })
        {
            var bytes = new byte[size];
            new Random(size).NextBytes(bytes);
            var result = await RunAsync(rig, "sha256sum; echo err >&2; exit 9", bytes);
            Assert.Equal($"{Convert.ToHexStringLower(SHA256.HashData(bytes))}  -\n", result.StandardOutput);
            Assert.Equal(("err\n", 9), (result.StandardError, result.ExitCode));
            Assert.Equal(CommandSource.OneShot, result.Source);
        }
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task The_first_byte_of_input_belongs_to_the_command_however_long_its_text_is(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        // About 1 KB is what shells read at once.
        foreach (var padding in (IEnumerable<int>)[0, .. Enumerable.Range(900, 100), 2000, 100_000])
        {
            var result = await RunAsync(rig, $": {new string('x', padding)}\nread -r line; echo \"got $line\"; cat", "first\nsecond"u8.ToArray());
            Assert.Equal("got first\nsecond", result.StandardOutput);
        }
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Arguments_place_and_variables_work_as_in_a_worker(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        await rig.ArmAsync(new Dictionary<string, string> { ["CLAIM"] = "c'1" });
        var result = await rig.RunAsync(new CommandRequest
        {
            Command = "echo \"$# $1 $2 $CLAIM $OWN\"; pwd; cat; exit",
            Arguments = ["a b", "'"],
            WorkingDirectory = "/usr/bin",
            EnvironmentVariables = new Dictionary<string, string> { ["OWN"] = "o" },
            StandardInput = new MemoryStream("in"u8.ToArray()),
        });
        Assert.Equal("2 a b ' c'1 o\n/usr/bin\nin", result.StandardOutput);
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_command_that_does_not_read_its_input_ends_as_it_will(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        for (var turn = 0; turn < 10; turn++)
        {
            var result = await RunAsync(rig, "exec <&-; echo on; exit 4", new byte[2_000_000]);
            Assert.Equal(("on\n", 4), (result.StandardOutput, result.ExitCode));
        }
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Errors_end_it_with_a_code_of_their_own(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var syntax = await RunAsync(rig, "if then", []);
        var missing = await RunAsync(rig, "no-such-program", []);
        var signal = await RunAsync(rig, "kill -TERM $$", []);
        Assert.NotEqual(0, syntax.ExitCode);
        Assert.NotEqual("", syntax.StandardError);
        Assert.Equal(127, missing.ExitCode);
        Assert.Equal(143, signal.ExitCode);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_worker_is_not_touched(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var before = await rig.RunAsync("echo $$");
        var result = await RunAsync(rig, "echo $$; cat", Encoding.UTF8.GetBytes("x"));
        Assert.NotEqual(before.StandardOutput, result.StandardOutput);
        Assert.Equal(before.StandardOutput, (await rig.RunAsync("echo $$")).StandardOutput);
    }

    private static Task<CommandResult> RunAsync(ShellRig rig, string command, byte[] input) =>
        rig.RunAsync(new CommandRequest { Command = command, StandardInput = new MemoryStream(input) });
}
