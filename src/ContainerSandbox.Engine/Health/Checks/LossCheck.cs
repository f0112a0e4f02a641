namespace ContainerSandbox.Engine.Health.Checks;

/// <summary>Did the agent lose environments lately? What ended those may end this one.</summary>
internal sealed class LossCheck : IHealthCheck
{
    public IEnumerable<HealthFinding> Judge(HealthView view)
    {
        var threshold = view.Thresholds.Losses;
        var verdict = threshold.Judge(view.Losses, HealthStatus.Healthy);
        if (verdict > HealthStatus.Healthy)
        {
            yield return new HealthFinding(
                verdict,
                $"the agent lost {view.Losses} {(view.Losses == 1 ? "environment" : "environments")} within the last hour ({threshold.Describe(verdict)}): see Get-SandboxEvent -Kind Lost");
        }
    }
}
