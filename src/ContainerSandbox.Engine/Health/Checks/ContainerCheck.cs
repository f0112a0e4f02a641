namespace ContainerSandbox.Engine.Health.Checks;

/// <summary>Does the container run, and does a session answer?</summary>
internal sealed class ContainerCheck : IHealthCheck
{
    public IEnumerable<HealthFinding> Judge(HealthView view) => [view.Container];
}
