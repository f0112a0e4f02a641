namespace ContainerSandbox.Presentation.Sections;

/// <summary>What an event of changed health says.</summary>
/// <param name="From">How it was.</param>
/// <param name="To">How it is since.</param>
/// <param name="Reasons">Why.</param>
internal sealed record HealthChange(HealthStatus From, HealthStatus To, string Reasons)
{
    /// <summary>Reads the cause of an event, such as <c>Healthy to Warning: memory nearly used up</c>; null for any other.</summary>
    public static HealthChange? Read(SandboxEvent happened)
    {
        var words = happened.Cause.Split(' ', 4);
        return happened.Kind == SandboxEventKind.HealthChanged && words is [var from, "to", var to, var reasons]
            && Enum.TryParse<HealthStatus>(from, out var before) && Enum.TryParse<HealthStatus>(to.TrimEnd(':'), out var after)
            ? new HealthChange(before, after, reasons)
            : null;
    }
}
