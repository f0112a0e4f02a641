namespace ContainerSandbox.Parameters;

/// <summary>Text whose emptiness means that nothing was given.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EmptyIsNotGivenAttribute : ValueTransformationAttribute
{
    protected override string AcceptedForms => "text";

    protected override object? Read(object value) => value;
}
