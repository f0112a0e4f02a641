namespace ContainerSandbox.Engine.Health.Checks;

/// <summary>Does the agent's own folder take more of its disk than it is to?</summary>
internal sealed class WorkspaceSizeCheck : IHealthCheck
{
    public IEnumerable<HealthFinding> Judge(HealthView view)
    {
        if (view.WorkspaceTrouble is { } trouble)
            yield return new HealthFinding(HealthStatus.Warning, trouble);
    }
}
