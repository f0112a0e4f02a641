using ContainerSandbox.Engine.Commands;

namespace ContainerSandbox.Engine.Tests.Commands;

public sealed class CommandTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    [InlineData("echo a\0b")]
    public void A_command_that_no_shell_could_run_is_refused(string command) =>
        Refused(SandboxErrorId.InvalidCommand, new CommandRequest { Command = command });

    [Fact]
    public void A_NUL_in_an_argument_is_refused() =>
        Refused(SandboxErrorId.InvalidCommand, new CommandRequest { Command = ":", Arguments = ["a", "b\0"] });

    [Theory]
    [InlineData("relative")]
    [InlineData("")]
    [InlineData("./here")]
    [InlineData("/workspace/..")]
    [InlineData("/workspace/../etc")]
    [InlineData("/./workspace")]
    [InlineData("/proc")]
    [InlineData("/proc/self/fd/7")]
    [InlineData("//proc//self/cwd")]
    [InlineData("/work\0space")]
    public void A_working_directory_that_is_not_plain_is_refused(string directory)
    {
        var exception = Refused(SandboxErrorId.InvalidWorkingDirectory, new CommandRequest { Command = ":", WorkingDirectory = directory });
        Assert.Equal(directory, exception.Target);
        Assert.Equal(SandboxErrorCategory.InvalidArgument, exception.Category);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/workspace")]
    [InlineData("/workspace/a b/'quoted'/..hidden")]
    [InlineData("/processes")]
    [InlineData("/home/proc")]
    public void A_plain_working_directory_is_taken(string directory) =>
        CommandText.Check(new CommandRequest { Command = ":", WorkingDirectory = directory });

    [Theory]
    [InlineData("")]
    [InlineData("1A")]
    [InlineData("A-B")]
    [InlineData("A B")]
    [InlineData("A=B")]
    [InlineData("A\n")]
    [InlineData("Ä")]
    [InlineData("__cs_e")]
    [InlineData("__cs_anything")]
    [InlineData("IFS")]
    [InlineData("UID")]
    [InlineData("EUID")]
    [InlineData("PPID")]
    [InlineData("BASHOPTS")]
    [InlineData("SHELLOPTS")]
    [InlineData("BASH_VERSINFO")]
    [InlineData("OPTIND")]
    public void A_name_that_shells_cannot_or_must_not_export_is_refused(string name)
    {
        var variables = new Dictionary<string, string> { ["FINE"] = "1", [name] = "x" };
        Refused(SandboxErrorId.InvalidEnvironmentVariable, new CommandRequest { Command = ":", EnvironmentVariables = variables });
        var exception = Assert.Throws<SandboxException>(() => CommandText.CheckVariables(variables));
        Assert.Equal(name, exception.Target);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("_")]
    [InlineData("_a1_B")]
    [InlineData("PATH")]
    [InlineData("uid")]
    public void A_usual_name_is_taken(string name) => CommandText.CheckVariables(new Dictionary<string, string> { [name] = "any 'value'\n" });

    [Fact]
    public void A_NUL_in_a_value_is_refused() => Refused(
        SandboxErrorId.InvalidEnvironmentVariable,
        new CommandRequest { Command = ":", EnvironmentVariables = new Dictionary<string, string> { ["A"] = "\0" } });

    [Fact]
    public void The_prelude_is_empty_when_there_is_nothing_to_do() => Assert.Equal("", CommandText.Prelude(new CommandRequest { Command = ":" }, ""));

    [Fact]
    public void The_prelude_sets_place_variables_and_parameters_in_this_order() => Assert.Equal(
        "cd -- '/a b' || exit\nexport V='1'\nset -- 'x' ''\\'''\n",
        CommandText.Prelude(
            new CommandRequest
            {
                Command = ":",
                WorkingDirectory = "/a b",
                EnvironmentVariables = new Dictionary<string, string> { ["V"] = "1" },
                Arguments = ["x", "'"],
            },
            "/default"));

    [Fact]
    public void Without_a_working_directory_the_default_is_used() =>
        Assert.Equal("cd -- '/default' || exit\n", CommandText.Prelude(new CommandRequest { Command = ":" }, "/default"));

    private static SandboxException Refused(string errorId, CommandRequest request)
    {
        var exception = Assert.Throws<SandboxException>(() => CommandText.Check(request));
        Assert.Equal(errorId, exception.ErrorId);
        return exception;
    }
}
