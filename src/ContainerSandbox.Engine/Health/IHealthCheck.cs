namespace ContainerSandbox.Engine.Health;

/// <summary>Judges one side of an environment.</summary>
internal interface IHealthCheck
{
    /// <summary>What is worth saying; nothing when all is well, or when nothing is known of it.</summary>
    /// <param name="view">What was seen.</param>
    IEnumerable<HealthFinding> Judge(HealthView view);
}
