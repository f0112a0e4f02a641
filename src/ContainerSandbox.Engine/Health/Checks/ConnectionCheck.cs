namespace ContainerSandbox.Engine.Health.Checks;

/// <summary>Does it reach what it was to reach?</summary>
internal sealed class ConnectionCheck : IHealthCheck
{
    public IEnumerable<HealthFinding> Judge(HealthView view) => view.Connection is { } connection ? [connection] : [];
}
