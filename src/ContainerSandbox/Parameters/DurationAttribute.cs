namespace ContainerSandbox.Parameters;

[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationAttribute : ValueTransformationAttribute
{
    /// <summary>True where no time at all is an answer that makes sense.</summary>
    public bool AllowZero { get; init; }

    internal override string AcceptedForms =>
        $"'500ms', '30s', '5m', '1h', '7d', a TimeSpan or a number of seconds, {(AllowZero ? "0 or more" : "more than 0")}";

    internal override object? Read(object value) =>
        Duration.TryRead(value, out var duration) && (AllowZero || duration > TimeSpan.Zero) ? duration : null;
}
