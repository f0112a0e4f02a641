namespace ContainerSandbox.Parameters;

[AttributeUsage(AttributeTargets.Property)]
internal sealed class CpuCountAttribute : ValueTransformationAttribute
{
    internal override string AcceptedForms => "a number of cores such as 0.5 or 2, or thousandths of a core such as '500m', more than 0";

    internal override object? Read(object value) => CpuCount.TryRead(value, out var cores) ? cores : null;
}
