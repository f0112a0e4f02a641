using System.Diagnostics.CodeAnalysis;
using System.Management.Automation.Language;

namespace ContainerSandbox.EmbeddedShell;

/// <summary>What the command line asks for.</summary>
internal sealed record ShellArguments
{
    public const string Usage = "usage: EmbeddedShell [-File script.ps1 [argument...] | -Command text]";

    /// <summary>The script to run; null asks for a prompt.</summary>
    public string? ScriptText { get; private init; }

    public static bool TryParse(
        string[] arguments, [NotNullWhen(true)] out ShellArguments? parsed, [NotNullWhen(false)] out string? problem)
    {
        parsed = null;
        problem = null;
        switch (arguments)
        {
            case []:
                parsed = new ShellArguments();
                break;
            case [var option, var path, .. var rest] when Is(option, "-File"):
                if (File.Exists(path)) parsed = new ShellArguments { ScriptText = CallOf(Path.GetFullPath(path), rest) };
                else problem = $"There is no script '{path}'.";
                break;
            case [var option, _, ..] when Is(option, "-Command"):
                parsed = new ShellArguments { ScriptText = string.Join(' ', arguments[1..]) };
                break;
            default:
                problem = $"'{string.Join(' ', arguments)}' is not understood.";
                break;
        }
        return parsed is not null;
    }

    private static bool Is(string given, string name) => given.Equals(name, StringComparison.OrdinalIgnoreCase);

    // 'exit 3' in a script file leaves $? false and $LASTEXITCODE 3; a file that does not parse leaves only $? false.
    private static string CallOf(string path, string[] arguments) =>
        $"& {Quoted(path)} {string.Join(' ', arguments.Select(Argument))}\n" +
        "if (-not $?) { exit ($null -eq $LASTEXITCODE ? 1 : $LASTEXITCODE) }";

    private static string Argument(string text) => IsParameterName(text) ? text : Quoted(text);

    private static bool IsParameterName(string text) =>
        text is ['-', var first, .. var rest] && char.IsLetter(first) && rest.All(char.IsLetterOrDigit);

    private static string Quoted(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
