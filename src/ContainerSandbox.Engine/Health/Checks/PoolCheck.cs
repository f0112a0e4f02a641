namespace ContainerSandbox.Engine.Health.Checks;

/// <summary>Can its pool be filled? It works without, but nothing stands ready to follow it.</summary>
internal sealed class PoolCheck : IHealthCheck
{
    public IEnumerable<HealthFinding> Judge(HealthView view)
    {
        if (view.PoolTrouble.Length > 0)
            yield return new HealthFinding(HealthStatus.Warning, $"its pool is degraded: {view.PoolTrouble}");
    }
}
