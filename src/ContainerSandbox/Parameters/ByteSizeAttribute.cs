namespace ContainerSandbox.Parameters;

[AttributeUsage(AttributeTargets.Property)]
internal sealed class ByteSizeAttribute : ValueTransformationAttribute
{
    internal override string AcceptedForms => "512MB, '512m', '1.5GiB' or a number of bytes, 1 or more";

    internal override object? Read(object value) => ByteSize.TryRead(value, out var bytes) ? bytes : null;
}
