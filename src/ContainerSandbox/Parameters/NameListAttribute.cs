using System.Collections;
using System.Globalization;

namespace ContainerSandbox.Parameters;

/// <summary>One name or more, as a list or as text with commas.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NameListAttribute : ValueTransformationAttribute
{
    internal override string AcceptedForms => "a name, several as a list, or 'name, name2'";

    internal override object? Read(object value)
    {
        var parts = value is string text ? text.Split(',') : value is IEnumerable list ? list.Cast<object?>().Select(Text) : [Text(value)];
        string[] names = [.. parts.Select(part => part.Trim()).Where(part => part.Length > 0)];
        return names.Length > 0 ? names : null;
    }

    private static string Text(object? value) => Convert.ToString(Unwrap(value), CultureInfo.InvariantCulture) ?? "";
}
