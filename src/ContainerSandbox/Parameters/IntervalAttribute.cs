namespace ContainerSandbox.Parameters;

/// <summary>Reads how often something is to happen.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IntervalAttribute : ValueTransformationAttribute
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    internal override string AcceptedForms => "a number of seconds, '500ms', '30s', '5m' or a TimeSpan, from a tenth of a second to a day";

    internal override object? Read(object value) =>
        Duration.TryRead(value, out var interval) && interval >= Shortest && interval <= Longest ? interval : null;
}
