using System.Management.Automation.Language;

namespace ContainerSandbox.Configuration;

/// <summary>Settings that are written as a PowerShell data file: one hashtable of constants. Nothing in it is run.</summary>
internal static class DataFileSettings
{
    /// <summary>Reads a whole text.</summary>
    /// <exception cref="FormatException">It is no hashtable of constants; the message names each line.</exception>
    public static Setting Read(string text)
    {
        var script = Parser.ParseInput(text, out _, out var errors);
        if (errors.Length > 0)
            throw new FormatException(string.Join('\n', errors.Select(error => $"The file (line {error.Extent.StartLineNumber}): {error.Message}")));
        if (script is not { ParamBlock: null, BeginBlock: null, ProcessBlock: null, EndBlock.Statements: [PipelineAst statement] }
            || statement.GetPureExpression() is not HashtableAst table)
            throw new FormatException("The file (line 1): it is to hold one hashtable, @{ ... }, and nothing else");
        return ReadGroup(table, "", "", table.Extent.StartLineNumber);
    }

    private static Setting ReadGroup(HashtableAst table, string name, string path, int line)
    {
        var group = new Setting(name, path, line, null, []);
        return group with { Children = [.. table.KeyValuePairs.Select(pair => Read(pair.Item1, pair.Item2, group))] };
    }

    private static Setting Read(ExpressionAst key, StatementAst statement, Setting group)
    {
        var line = key.Extent.StartLineNumber;
        var name = Constant(key) as string ?? key.Extent.Text;
        var expression = (statement as PipelineAst)?.GetPureExpression();
        return expression is HashtableAst table
            ? ReadGroup(table, name, group.PathOf(name), line)
            : new Setting(name, group.PathOf(name), line, expression is null ? statement.Extent.Text : Constant(expression) ?? NullOr(expression));
    }

    // What is no constant is shown as it is written; no setting can be read from it.
    private static object? Constant(ExpressionAst expression)
    {
        try
        {
            return expression.SafeGetValue();
        }
        catch (InvalidOperationException)
        {
            return new UnusableExpression(expression.Extent.Text);
        }
    }

    private static UnusableExpression? NullOr(ExpressionAst expression) =>
        expression.Extent.Text.Equals("$null", StringComparison.OrdinalIgnoreCase) ? null : new UnusableExpression(expression.Extent.Text);

    private sealed record UnusableExpression(string Text)
    {
        public override string ToString() => Text;
    }
}
