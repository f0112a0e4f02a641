namespace ContainerSandbox.Engine.Health.Checks;

/// <summary>Says why there are no figures. That is nothing bad as long as the container runs and answers.</summary>
internal sealed class FigureCheck : IHealthCheck
{
    public IEnumerable<HealthFinding> Judge(HealthView view)
    {
        if (view.Sample is { GapReason.Length: > 0 } gap)
            yield return new HealthFinding(HealthStatus.Healthy, $"no figures: {gap.GapReason}");
    }
}
