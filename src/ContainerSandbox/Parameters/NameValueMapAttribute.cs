namespace ContainerSandbox.Parameters;

[AttributeUsage(AttributeTargets.Property)]
internal sealed class NameValueMapAttribute : ValueTransformationAttribute
{
    internal override string AcceptedForms => "a hashtable such as @{ name = 'value' }, or 'name=value;name2=value2' with each name once";

    internal override object? Read(object value) => NameValueMap.TryRead(value, out var map) ? map : null;
}
