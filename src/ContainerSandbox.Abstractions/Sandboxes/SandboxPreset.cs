namespace ContainerSandbox;

/// <summary>Sets of values for <see cref="StartupOptimization"/>.</summary>
public enum SandboxPreset
{
    /// <summary>Two containers ready, images brought when they are needed, 30 seconds for a start.</summary>
    Development,

    /// <summary>Five containers ready, images brought before, 60 seconds for a start.</summary>
    Production,
}
