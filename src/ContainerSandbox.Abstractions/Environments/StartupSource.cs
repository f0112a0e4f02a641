namespace ContainerSandbox;

/// <summary>Where the container of a claim came from.</summary>
public enum StartupSource
{
    /// <summary>A container that was started ahead of need.</summary>
    Warm,

    /// <summary>A container that was started for this claim.</summary>
    Cold,
}
