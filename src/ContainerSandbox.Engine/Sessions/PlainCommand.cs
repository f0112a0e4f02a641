using System.Text.RegularExpressions;

namespace ContainerSandbox.Engine.Sessions;

/// <summary>
/// Tells a command that is one program or builtin with plain words. Such a text can stand in a request as it is: it cannot end early
/// or swallow what follows, and the subshell then becomes the program instead of starting it, which saves a process.
/// </summary>
internal static partial class PlainCommand
{
    /// <summary>True when every shell reads the text as one simple command.</summary>
    public static bool Is(string command) => Words().IsMatch(command) && !Keyword().IsMatch(command);

    [GeneratedRegex("^[A-Za-z0-9_./,:+@%-]+( +[A-Za-z0-9_./,:+@%=-]+)* *\\z")]
    private static partial Regex Words();

    [GeneratedRegex("^(if|then|else|elif|fi|do|done|case|esac|while|until|for|in|function|select|time|coproc|return|break|continue|eval|alias)( |\\z)")]
    private static partial Regex Keyword();
}
