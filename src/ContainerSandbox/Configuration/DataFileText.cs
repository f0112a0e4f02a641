using System.Globalization;
using System.Management.Automation.Language;
using System.Text;

namespace ContainerSandbox.Configuration;

/// <summary>Writes settings as a PowerShell data file.</summary>
internal static class DataFileText
{
    public static string Write(IReadOnlyList<KeyValuePair<string, object>> content)
    {
        var text = new StringBuilder();
        Write(text, content, 0);
        return text.Append('\n').ToString();
    }

    private static void Write(StringBuilder text, IReadOnlyList<KeyValuePair<string, object>> group, int depth)
    {
        var indent = new string(' ', 4 * depth);
        text.Append("@{\n");
        foreach (var (key, value) in group)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}    {Key(key)} = ");
            if (value is IReadOnlyList<KeyValuePair<string, object>> inner)
                Write(text, inner, depth + 1);
            else
                text.Append(Value(value));
            text.Append('\n');
        }

        text.Append(indent).Append('}');
    }

    private static string Key(string key) => key.All(char.IsAsciiLetter) ? key : Quote(key);

    private static string Value(object value) => value switch
    {
        bool flag => flag ? "$true" : "$false",
        string text => Quote(text),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quote(value.ToString() ?? ""),
    };

    private static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
