using System.Text.RegularExpressions;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Fault.Tests.Matrix;

/// <summary>The table of docs/reliability.md: what callers may get is what it says.</summary>
internal static partial class ReliabilityTable
{
    private static readonly string[][] Rows =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "reliability.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]),
    ];

    /// <summary>The words that the table's row has for an operation and a fault.</summary>
    public static IReadOnlyList<string> Outcomes(Operation operation, Trouble trouble)
    {
        var row = Rows.SingleOrDefault(row => row[0] == Name(operation) && row[1] == Name(trouble))
            ?? throw new InvalidOperationException($"docs/reliability.md has no row for '{Name(operation)}' and '{Name(trouble)}'.");
        return [.. Words().Matches(row[2]).Select(match => match.Groups[1].Value)];
    }

    private static string Name(Operation operation) => operation switch
    {
        Operation.Fill => "Initialize-Sandbox",
        Operation.Claim => "New-AgentEnvironment",
        Operation.Command => "Invoke-AgentCommand",
        Operation.Removal => "Remove-AgentEnvironment",
        _ => "nothing",
    };

    private static string Name(Trouble trouble) => trouble switch
    {
        Trouble.EngineKilled => "engine killed",
        Trouble.EngineFrozen => "engine frozen",
        Trouble.Hang => "call hangs",
        Trouble.Reset => "answer breaks off",
        Trouble.Truncated => "answer too short",
        Trouble.Status500 => "answer says 500",
        _ => "answer is garbage",
    };

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Words();
}
