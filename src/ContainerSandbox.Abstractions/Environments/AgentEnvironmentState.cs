namespace ContainerSandbox;

/// <summary>What became of an environment.</summary>
public enum AgentEnvironmentState
{
    /// <summary>Its container runs and takes commands.</summary>
    Running,

    /// <summary>Its container ended without having been asked to.</summary>
    Lost,

    /// <summary>It is being removed.</summary>
    Removing,

    /// <summary>It was removed.</summary>
    Removed,
}
