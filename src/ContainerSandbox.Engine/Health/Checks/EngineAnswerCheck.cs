namespace ContainerSandbox.Engine.Health.Checks;

/// <summary>Does the engine answer? What runs may go on without it for a while; nothing new comes.</summary>
internal sealed class EngineAnswerCheck : IHealthCheck
{
    public IEnumerable<HealthFinding> Judge(HealthView view)
    {
        if (view.EngineTrouble.Length > 0)
            yield return new HealthFinding(HealthStatus.Warning, $"the engine does not answer: {view.EngineTrouble} Test-SandboxEngine says what helps");
    }
}
