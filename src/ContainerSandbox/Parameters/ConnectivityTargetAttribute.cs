namespace ContainerSandbox.Parameters;

[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConnectivityTargetAttribute : ValueTransformationAttribute
{
    internal override string AcceptedForms => "a name or an address and a port, such as 'example.org:443', '10.0.0.1:80' or '[fd00::1]:80'";

    // The text stays as it is: it is what people see of the parameter.
    internal override object? Read(object value) => value is string text ? ConnectivityTarget.Read(text)?.ToString() : null;
}
