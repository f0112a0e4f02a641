namespace ContainerSandbox.Parameters;

[AttributeUsage(AttributeTargets.Property)]
internal sealed class MomentAttribute : ValueTransformationAttribute
{
    internal override string AcceptedForms => "a date with or without a time, or how long ago: '30s', '5m', '1h', a TimeSpan or a number of seconds";

    internal override object? Read(object value) => Moment.TryRead(value, TimeProvider.System.GetUtcNow(), out var moment) ? moment : null;
}
