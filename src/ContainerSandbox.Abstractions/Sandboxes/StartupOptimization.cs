namespace ContainerSandbox;

/// <summary>How a sandbox makes its containers start fast. The values of a new one are those of <see cref="Development"/>.</summary>
public sealed record StartupOptimization
{
    /// <summary>The values of <see cref="SandboxPreset.Development"/>.</summary>
    public static StartupOptimization Development { get; } = new();

    /// <summary>The values of <see cref="SandboxPreset.Production"/>.</summary>
    public static StartupOptimization Production { get; } = new()
    {
        WarmupContainers = 5,
        PreloadBaseImages = true,
        StartupTimeout = TimeSpan.FromSeconds(60),
    };

    /// <summary>False pulls the images at every initialization, also those that are there.</summary>
    public bool EnableImageCaching { get; init; } = true;

    /// <summary>False starts containers one after another.</summary>
    public bool EnableParallelStartup { get; init; } = true;

    /// <summary>Containers that a pool keeps ready unless its template says otherwise; 0 or more.</summary>
    public int WarmupContainers { get; init; } = 2;

    /// <summary>True brings the images of all templates before the pools are filled; false brings each when it is first needed.</summary>
    public bool PreloadBaseImages { get; init; }

    /// <summary>Bounds each start, and the first filling of the pools as a whole; more than zero.</summary>
    public TimeSpan StartupTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The master switch. False: no pool, no resolution that is remembered, nothing ahead of need, starts one after another; each claim is cold.
    /// </summary>
    public bool OptimizationEnabled { get; init; } = true;

    /// <summary>The values of a preset.</summary>
    /// <param name="preset">The preset.</param>
    public static StartupOptimization For(SandboxPreset preset) => preset == SandboxPreset.Production ? Production : Development;
}
