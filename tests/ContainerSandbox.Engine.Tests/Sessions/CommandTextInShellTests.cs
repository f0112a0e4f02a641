using System.Text;

namespace ContainerSandbox.Engine.Tests.Sessions;

/// <summary>Commands, parameters and variables reach the shell as they were given.</summary>
[Collection(nameof(LocalShellTests))]
public sealed class CommandTextInShellTests
{
    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_command_keeps_its_quotes_lines_and_letters(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var result = await rig.RunAsync("""
            # a comment with an ' apostrophe
            echo "it's" 'a "quoted"' \$HOME `echo back`
            cat <<'EOF'
            $literal \n Ünïcödé あ 🜲
            EOF
            printf '%s|' "a  b" 'c
            d'
            """);
        Assert.Equal("it's a \"quoted\" $HOME back\n$literal \\n Ünïcödé あ 🜲\na  b|c\nd|", result.StandardOutput);
        Assert.Equal("", result.StandardError);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_command_of_200_KB_runs(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var lines = string.Concat(Enumerable.Range(0, 10_000).Select(line => $"v='line {line} ü'\n"));
        var result = await rig.RunAsync($"{lines}echo \"$v\"; exit 6");
        Assert.True(Encoding.UTF8.GetByteCount(lines) > 150_000);
        Assert.Equal(("line 9999 ü\n", 6), (result.StandardOutput, result.ExitCode));
        Assert.Equal("small\n", (await rig.RunAsync("echo small")).StandardOutput);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Requests_of_every_size_around_the_limit_of_lines_arrive(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        for (var size = 900; size < 1100; size += 7)
        {
            var text = new string('x', size - 40) + "\n" + new string('ü', 20);
            var result = await rig.RunAsync(new CommandRequest { Command = "printf %s \"$1\"", Arguments = [text] });
            Assert.Equal(text, result.StandardOutput);
        }
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Arguments_are_the_parameters(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        string[] arguments = ["", " a  b ", "'", "\"$HOME\"", "-n", "*", "x\ny\n", "\\", "ü", new('z', 50_000)];
        var result = await rig.RunAsync(new CommandRequest { Command = "printf '%s\\000' $# \"$@\"", Arguments = arguments });
        Assert.Equal(["10", .. arguments, ""], result.StandardOutput.Split('\0'));
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task The_working_directory_is_where_it_runs(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var odd = Path.Combine(rig.WorkingDirectory, "-it's a\nplace");
        Directory.CreateDirectory(odd);
        var there = await rig.RunAsync(new CommandRequest { Command = "pwd", WorkingDirectory = odd });
        var missing = await rig.RunAsync(new CommandRequest { Command = "echo ran", WorkingDirectory = "/missing" });
        var usual = await rig.RunAsync("pwd");
        Assert.Equal(odd + "\n", there.StandardOutput);
        Assert.Equal("", missing.StandardOutput);
        Assert.NotEqual(0, missing.ExitCode);
        Assert.Contains("/missing", missing.StandardError, StringComparison.Ordinal);
        Assert.Equal(rig.WorkingDirectory + "\n", usual.StandardOutput);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Variables_of_a_command_are_not_seen_by_the_next(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        await rig.ArmAsync(new Dictionary<string, string> { ["SHARED"] = "claim" });
        var request = new CommandRequest
        {
            Command = "sh -c 'echo \"$ONLY $SHARED\"'",
            EnvironmentVariables = new Dictionary<string, string> { ["ONLY"] = "it's\n$x", ["SHARED"] = "command" },
        };
        Assert.Equal("it's\n$x command\n", (await rig.RunAsync(request)).StandardOutput);
        Assert.Equal("unset claim\n", (await rig.RunAsync("echo \"${ONLY-unset} $SHARED\"")).StandardOutput);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Variables_of_the_claim_are_seen_by_every_command_of_every_session(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var variables = new Dictionary<string, string>
        {
            ["PLAIN"] = "1", ["EMPTY"] = "", ["ODD"] = "a'b\"c\n$HOME `id` \\ ü\n", ["BIG"] = new string('v', 5000), ["PATH"] = "/usr/bin:/bin",
        };
        await rig.ArmAsync(new Dictionary<string, string> { ["OLD"] = "1" });
        await rig.ArmAsync(variables);
        const string Show = "for n in PLAIN EMPTY ODD BIG PATH; do printenv $n; printf '\\000'; done; echo ${OLD-gone}";
        var expected = string.Concat(variables.Values.Select(value => value + "\n\0")) + "gone\n";
        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => rig.RunAsync($"sleep 0.05; {Show}")));
        Assert.All(results, result => Assert.Equal(expected, result.StandardOutput));
        var oneShot = await rig.RunAsync(new CommandRequest { Command = Show, StandardInput = Stream.Null });
        Assert.Equal(expected, oneShot.StandardOutput);
    }
}
