namespace ContainerSandbox.Parameters;

/// <summary>Reads how long ago something was, as a <see cref="TimeSpan"/>, or when it was, as a <see cref="DateTimeOffset"/>: the two differ where a clock was set.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SpanOrMomentAttribute : ValueTransformationAttribute
{
    internal override string AcceptedForms =>
        "how long ago ('30s', '5m', '2h', '7d', a TimeSpan or a number of seconds, more than 0) or when ('2026-01-31 12:00', a DateTime or a DateTimeOffset)";

    internal override object? Read(object value) =>
        Duration.TryRead(value, out var ago) ? (ago > TimeSpan.Zero ? ago : null)
        : Moment.TryRead(value, TimeProvider.System.GetUtcNow(), out var moment) ? moment : null;
}
