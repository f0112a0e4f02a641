namespace ContainerSandbox.Parameters;

/// <summary>Takes one of the names of an enumeration, without regard to case, and no number.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ChoiceAttribute<T> : ValueTransformationAttribute
    where T : struct, Enum
{
    internal override string AcceptedForms => Join(Enum.GetNames<T>());

    internal override object? Read(object value) => value switch
    {
        T choice => choice,
        string text when !char.IsAsciiDigit(text.Trim()[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var choice) => choice,
        _ => null,
    };

    private static string Join(string[] names) => $"{string.Join(", ", names[..^1])} or {names[^1]}";
}
