namespace ContainerSandbox.Engine.Health;

/// <summary>What one check found.</summary>
/// <param name="Status">How bad that is; Healthy for what is only worth saying.</param>
/// <param name="Reason">The figure, the threshold and what to do next.</param>
internal sealed record HealthFinding(HealthStatus Status, string Reason);
