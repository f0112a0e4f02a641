namespace ContainerSandbox;

/// <summary>How well an environment is.</summary>
public enum HealthStatus
{
    /// <summary>It could not be told.</summary>
    Unknown,

    /// <summary>Everything that was checked is in order.</summary>
    Healthy,

    /// <summary>It works, and something needs attention.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Critical,
}
