using System.Text.RegularExpressions;

namespace ContainerSandbox.Engine.Sessions;

/// <summary>
/// Tells a command that is one program or builtin with plain words. Such a text can stand in a request as it is: it cannot end early
/// or swallow what follows. What is no builtin of any shell can be what its session's child becomes, which saves a process.
/// </summary>
internal static partial class PlainCommand
{
    /// <summary>True when every shell reads the text as one simple command.</summary>
    public static bool Is(string command) => Words().IsMatch(command) && !Keyword().IsMatch(command);

    /// <summary>True when a plain command is a program to every shell.</summary>
    public static bool IsProgram(string command) => (char.IsAsciiLetterOrDigit(command[0]) || command[0] is '.' or '/' or '_') && !Builtin().IsMatch(command);

    [GeneratedRegex("^[A-Za-z0-9_./,:+@%-]+( +[A-Za-z0-9_./,:+@%=-]+)* *\\z")]
    private static partial Regex Words();

    [GeneratedRegex("^(if|then|else|elif|fi|do|done|case|esac|while|until|for|in|function|select|time|coproc|return|break|continue|eval|alias)( |\\z)")]
    private static partial Regex Keyword();

    // Of busybox, dash, bash, ksh, zsh and yash.
    [GeneratedRegex(
        "^(\\.|:|alias|array|autoload|bg|bind|bindkey|break|builtin|caller|cd|chdir|command|compctl|compgen|complete|compopt|continue|declare"
        + "|dirs|disable|disown|echo|echotc|emulate|enable|eval|exec|exit|export|false|fc|fg|float|functions|getln|getopts|hash|help|hist|history|integer"
        + "|jobs|kill|let|limit|local|log|logout|mapfile|noglob|nocorrect|popd|print|printf|pushd|pushln|pwd|r|read|readarray|readonly|rehash|return"
        + "|sched|set|setopt|shift|shopt|source|suspend|test|time|times|trap|true|ttyctl|type|typeset|ulimit|umask|unalias|unfunction|unhash"
        + "|unlimit|unset|unsetopt|vared|wait|whence|where|which|zmodload)( |\\z)")]
    private static partial Regex Builtin();
}
