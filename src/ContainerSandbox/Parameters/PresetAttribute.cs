namespace ContainerSandbox.Parameters;

[AttributeUsage(AttributeTargets.Property)]
internal sealed class PresetAttribute : ValueTransformationAttribute
{
    internal override string AcceptedForms => string.Join(" or ", Enum.GetNames<SandboxPreset>());

    internal override object? Read(object value) => value switch
    {
        SandboxPreset preset => preset,
        string text when !char.IsAsciiDigit(text.Trim()[0]) && Enum.TryParse<SandboxPreset>(text, ignoreCase: true, out var preset) => preset,
        _ => null,
    };
}
