using System.Text;
using System.Text.RegularExpressions;
using ContainerSandbox.Engine.Sessions;

namespace ContainerSandbox.Engine.Commands;

/// <summary>Checks what a user gives for a command and writes it as shell text.</summary>
internal static partial class CommandText
{
    /// <summary>The definition that gives every later command of a session these variables.</summary>
    public static string Arm(IReadOnlyDictionary<string, string> variables) =>
        variables.Count == 0 ? "__cs_e() { :; }" : $"__cs_e() {{ {Export(variables)}; }}";

    /// <summary>What runs before a command, in its own shell: place, variables, parameters.</summary>
    public static string Prelude(CommandRequest request, string defaultDirectory)
    {
        var text = new StringBuilder();
        if ((request.WorkingDirectory ?? defaultDirectory) is { Length: > 0 } directory)
            text.Append($"cd -- {ShellQuote.Word(directory)} || exit\n");
        if (request.EnvironmentVariables.Count > 0)
            text.Append(Export(request.EnvironmentVariables)).Append('\n');
        if (request.Arguments.Count > 0)
            text.Append("set -- ").AppendJoin(' ', request.Arguments.Select(ShellQuote.Word)).Append('\n');
        return text.ToString();
    }

    /// <summary>Refuses what no shell could be given.</summary>
    public static void Check(CommandRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Command))
            throw Invalid(SandboxErrorId.InvalidCommand, "The command is empty. Give the text of a shell command.", request.Command);
        if (request.Command.Contains('\0') || request.Arguments.Any(argument => argument.Contains('\0')))
            throw Invalid(SandboxErrorId.InvalidCommand, "The command or an argument holds a NUL character, which a shell cannot take.", request.Command);
        if (request.WorkingDirectory is { } directory && !IsPlainPath(directory))
        {
            throw Invalid(
                SandboxErrorId.InvalidWorkingDirectory,
                $"'{directory}' cannot be the working directory. Give an absolute path inside the container without '..', and not below /proc.",
                directory);
        }

        CheckVariables(request.EnvironmentVariables);
    }

    /// <summary>Refuses variables that a shell cannot export.</summary>
    public static void CheckVariables(IReadOnlyDictionary<string, string> variables)
    {
        foreach (var (name, value) in variables)
        {
            if (!VariableName().IsMatch(name) || ReservedName().IsMatch(name))
            {
                throw Invalid(
                    SandboxErrorId.InvalidEnvironmentVariable,
                    $"'{name}' cannot be the name of an environment variable. Use letters, digits and '_', not a digit first, and no name that shells reserve.",
                    name);
            }

            if (value.Contains('\0'))
                throw Invalid(SandboxErrorId.InvalidEnvironmentVariable, $"The value of '{name}' holds a NUL character.", name);
        }
    }

    private static string Export(IReadOnlyDictionary<string, string> variables) =>
        "export " + string.Join(' ', variables.Select(variable => $"{variable.Key}={ShellQuote.Word(variable.Value)}"));

    private static bool IsPlainPath(string path) =>
        path.StartsWith('/')
        && !path.Contains('\0')
        && !path.Split('/').Any(part => part is ".." or ".")
        && path.Split('/', StringSplitOptions.RemoveEmptyEntries) is not ["proc", ..];

    private static SandboxException Invalid(string id, string message, object? target) =>
        new(id, SandboxErrorCategory.InvalidArgument, message, target);

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*\\z")]
    private static partial Regex VariableName();

    // Assigning to these ends some shells.
    [GeneratedRegex("^(__cs_.*|OPTIND|UID|EUID|PPID|BASHOPTS|SHELLOPTS|BASH_VERSINFO|IFS)\\z")]
    private static partial Regex ReservedName();
}
