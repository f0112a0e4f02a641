namespace ContainerSandbox.Parameters;

/// <summary>Yes or no, as a value rather than a switch: so it can be no where a preset says yes.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FlagAttribute : ValueTransformationAttribute
{
    internal override string AcceptedForms => "true or false ($true, $false)";

    internal override object? Read(object value) => value switch
    {
        bool flag => flag,
        string text when bool.TryParse(text, out var flag) => flag,
        _ => null,
    };
}
