using ContainerSandbox.Engine.Sessions;
using CsCheck;

namespace ContainerSandbox.Engine.Tests.Sessions;

/// <summary>A command that goes the short way does the same as the long way.</summary>
[Collection(nameof(LocalShellTests))]
public sealed class PlainCommandTests
{
    private static readonly Gen<string> Word = Gen.OneOf(
        "echo", "true", "false", "printf", "test", "cd", "pwd", "exit", "shift", "unset", "export", "umask", "command", "exec", "read", "wait", "if",
        "then", "else", "elif", "fi", "do", "done", "case", "esac", "while", "until", "for", "in", "function", "select", "time", "coproc", "return",
        "break", "continue", "eval", "alias", "let", "readonly", "trap", "getopts", "hash", "no-such-program", ".", ":", "-n", "-x", "-", "--", "a=b",
        "%1", "%", "0", "3", "300", "/", "/tmp", "@", "+", ",", "a,b", "a:b", "FOO", "1=2", "echo.", "./echo");

    private static readonly Gen<string> Text = Gen.Select(Word.Array[1, 4], Gen.Int[1, 2], Gen.Int[0, 2])
        .Select((words, between, after) => string.Join(new string(' ', between), words) + new string(' ', after));

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task The_short_way_ends_as_the_long_way_does(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        List<string> different = [];
        foreach (var text in Text.Where(PlainCommand.Is).Array[80].Single())
        {
            // A newline at the end is all it takes to go the long way.
            var shortWay = await rig.RunAsync(text);
            var longWay = await rig.RunAsync(text + "\n");
            if ((shortWay.ExitCode, shortWay.StandardOutput) != (longWay.ExitCode, longWay.StandardOutput))
                different.Add($"{text}: {shortWay.ExitCode} '{shortWay.StandardOutput}', not {longWay.ExitCode} '{longWay.StandardOutput}'");
        }

        Assert.Empty(different);
        Assert.Equal("fine\n", (await rig.RunAsync("echo fine")).StandardOutput);
        Assert.Equal(2, rig.Backend.Sessions.Count);
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("/usr/bin/env")]
    [InlineData("python3 -m http.server --bind=0.0.0.0 8080")]
    [InlineData("ls  -l  ")]
    [InlineData("iffy then")]
    public void One_program_with_plain_words_is_plain(string command) => Assert.True(PlainCommand.Is(command));

    [Theory]
    [InlineData("")]
    [InlineData(" echo")]
    [InlineData("A=1 env")]
    [InlineData("echo a;b")]
    [InlineData("echo a)")]
    [InlineData("echo 'a'")]
    [InlineData("echo a\n")]
    [InlineData("echo a\nb")]
    [InlineData("echo $HOME")]
    [InlineData("echo #no")]
    [InlineData("echo a>b")]
    [InlineData("echo *")]
    [InlineData("echo ~")]
    [InlineData("echo \\")]
    [InlineData("echo ü")]
    [InlineData("a | b")]
    [InlineData("a &")]
    [InlineData("{ a")]
    [InlineData("! a")]
    [InlineData("[ a ]")]
    [InlineData("if true")]
    [InlineData("fi")]
    [InlineData("time ls")]
    [InlineData("eval ls")]
    public void What_a_shell_could_read_in_another_way_is_not(string command) => Assert.False(PlainCommand.Is(command));

    [Theory]
    [InlineData("/bin/true")]
    [InlineData("./build --fast")]
    [InlineData("python3 run.py")]
    [InlineData("echo.sh a")]
    public void What_is_no_builtin_of_any_shell_is_a_program(string command) => Assert.True(PlainCommand.IsProgram(command));

    [Theory]
    [InlineData("echo")]
    [InlineData(": a")]
    [InlineData(". ./file")]
    [InlineData("cd /tmp")]
    [InlineData("exec ls")]
    [InlineData("-n")]
    [InlineData("%1")]
    public void A_builtin_or_what_exec_would_read_in_another_way_is_none(string command) => Assert.False(PlainCommand.IsProgram(command));
}
