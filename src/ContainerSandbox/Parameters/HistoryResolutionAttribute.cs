namespace ContainerSandbox.Parameters;

/// <summary>The name of a resolution, or how long its stretches are.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HistoryResolutionAttribute : ValueTransformationAttribute
{
    private readonly ChoiceAttribute<HistoryResolution> _names = new();

    internal override string AcceptedForms => "Raw, TenSeconds, OneMinute or TenMinutes, or as a duration '10s', '1m' or '10m'";

    internal override object? Read(object value) => Duration.TryRead(value, out var length)
        ? length.TotalSeconds switch
        {
            10 => HistoryResolution.TenSeconds,
            60 => HistoryResolution.OneMinute,
            600 => HistoryResolution.TenMinutes,
            _ => null,
        }
        : _names.Read(value);
}
