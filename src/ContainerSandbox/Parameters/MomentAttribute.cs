using System.Globalization;

namespace ContainerSandbox.Parameters;

/// <summary>A moment in the past: how long ago it is, as a <see cref="TimeSpan"/>, or when it was, as a <see cref="DateTimeOffset"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MomentAttribute : ValueTransformationAttribute
{
    internal override string AcceptedForms =>
        "how long ago ('30s', '5m', '2h', '7d', a TimeSpan or a number of seconds, more than 0) or when ('2026-01-31 12:00', a DateTime or a DateTimeOffset)";

    internal override object? Read(object value)
    {
        if (Duration.TryRead(value, out var ago))
            return ago > TimeSpan.Zero ? ago : null;
        return value switch
        {
            DateTimeOffset moment => moment,
            DateTime moment => new DateTimeOffset(moment),
            string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var moment) => moment,
            _ => null,
        };
    }
}
