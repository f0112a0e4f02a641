namespace ContainerSandbox;

/// <summary>Where the figures of a sample come from.</summary>
public enum SampleSource
{
    /// <summary>Nowhere: it is a gap.</summary>
    None,

    /// <summary>The kernel's control group files, read here: the container runs on this machine.</summary>
    ControlGroup,

    /// <summary>The engine's statistics.</summary>
    Engine,
}
