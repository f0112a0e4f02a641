namespace ContainerSandbox.Parameters;

/// <summary>Text whose emptiness means that nothing was given.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EmptyIsNotGivenAttribute : ValueTransformationAttribute
{
    internal override string AcceptedForms => "text";

    internal override object? Read(object value) => value;
}
