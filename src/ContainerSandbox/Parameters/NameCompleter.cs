using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ContainerSandbox.Session;

namespace ContainerSandbox.Parameters;

/// <summary>
/// Completes names from what the session knows: never asks the engine, never throws. Completion runs on the pipeline thread of the runspace.
/// </summary>
internal abstract class NameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var prefix = (wordToComplete ?? "").Trim('\'', '"');
            return Candidates(RunspaceSandboxes.Current, fakeBoundParameters)
                .Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Order(StringComparer.OrdinalIgnoreCase)
                .Select(name => new CompletionResult(Quote(name), name, CompletionResultType.ParameterValue, name))
                .ToList();
        }
        catch (Exception)
        {
            return [];
        }
    }

    /// <summary>The names there are.</summary>
    /// <param name="owned">The sandboxes of the runspace; null when it has none.</param>
    /// <param name="bound">What the command line has given so far.</param>
    protected abstract IEnumerable<string> Candidates(RunspaceSandboxes? owned, IDictionary bound);

    /// <summary>The sandbox that the command line names, else the runspace's default.</summary>
    protected static EngineSandbox? Chosen(RunspaceSandboxes? owned, IDictionary bound)
    {
        var reference = bound?["Sandbox"] ?? bound?["SandboxId"];
        return reference is null ? owned?.Default : SandboxResolver.Find(owned, SandboxReferenceAttribute.ReadReference(reference) ?? "");
    }

    private static string Quote(string name) =>
        name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or ':' or '/')
            ? name
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";
}
