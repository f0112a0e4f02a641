using ContainerSandbox.Engine.Commands;

namespace ContainerSandbox.Engine.Tests.Sessions;

/// <summary>No variable that is let through may end a shell or be lost.</summary>
[Collection(nameof(LocalShellTests))]
public sealed class VariableNameTests
{
    // The names that one of the shells gives a meaning to.
    private static readonly string[] Names =
    [
        "ATTY", "BASH", "BASHPID", "BASH_ALIASES", "BASH_ARGC", "BASH_ARGV", "BASH_ARGV0", "BASH_CMDS", "BASH_COMMAND", "BASH_COMPAT", "BASH_ENV",
        "BASH_EXECUTION_STRING", "BASH_LINENO", "BASH_LOADABLES_PATH", "BASH_MONOSECONDS", "BASH_REMATCH", "BASH_SOURCE", "BASH_SUBSHELL",
        "BASH_VERSION", "BASH_XTRACEFD", "CDPATH", "CHILD_MAX", "COLUMNS", "COMP_CWORD", "COMP_WORDBREAKS", "COPROC", "DIRSTACK", "EMACS", "ENV",
        "EPOCHREALTIME", "EPOCHSECONDS", "EXECIGNORE", "FCEDIT", "FIGNORE", "FUNCNAME", "FUNCNEST", "GLOBIGNORE", "GROUPS", "HISTCMD", "HISTCONTROL",
        "HISTFILE", "HISTSIZE", "HOME", "HOSTNAME", "HOSTTYPE", "IGNOREEOF", "INPUTRC", "LANG", "LC_ALL", "LC_CTYPE", "LINENO", "LINES", "MACHTYPE",
        "MAIL", "MAILCHECK", "MAILPATH", "MAPFILE", "OLDPWD", "OPTARG", "OPTERR", "OPTIND", "OSTYPE", "PATH", "PIPESTATUS", "POSIXLY_CORRECT",
        "PROMPT_COMMAND", "PROMPT_DIRTRIM", "PS0", "PS1", "PS2", "PS4", "PWD", "RANDOM", "READLINE_LINE", "REPLY", "SECONDS", "SHELL", "SHLVL",
        "SRANDOM", "TERM", "TIMEFORMAT", "TMOUT", "TMPDIR", "TZ", "_",
    ];

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_variable_that_is_taken_ends_no_command(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        List<string> broken = [];
        foreach (var name in Names.Where(IsTaken))
        {
            await rig.ArmAsync(new Dictionary<string, string> { [name] = "abc" });
            var result = await rig.RunAsync("echo ran");
            if (result is not { ExitCode: 0, StandardOutput: "ran\n" })
                broken.Add($"{name}: {result.ExitCode} {result.StandardError.Trim()}");
        }

        Assert.Empty(broken);
    }

    private static bool IsTaken(string name)
    {
        try
        {
            CommandText.CheckVariables(new Dictionary<string, string> { [name] = "abc" });
            return true;
        }
        catch (SandboxException)
        {
            return false;
        }
    }
}
