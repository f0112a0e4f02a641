namespace ContainerSandbox.Configuration;

/// <summary>What was given for a sandbox, by parameters or in a file. What is null was not given.</summary>
internal sealed record SandboxSettings
{
    public string? Name { get; init; }

    public string? Image { get; init; }

    public string? Workspace { get; init; }

    public long? WorkspaceLimit { get; init; }

    public SandboxPreset? Preset { get; init; }

    public bool? EnableImageCaching { get; init; }

    public bool? EnableParallelStartup { get; init; }

    public int? WarmupContainers { get; init; }

    public bool? PreloadBaseImages { get; init; }

    public TimeSpan? StartupTimeout { get; init; }

    public bool? OptimizationEnabled { get; init; }

    public string? Endpoint { get; init; }

    public long? Memory { get; init; }

    public double? Cpu { get; init; }

    public int? PidsLimit { get; init; }

    public int? ThrottleLimit { get; init; }

    public TimeSpan? PoolIdleTimeout { get; init; }

    public ImageChangePolicy? ImageChangePolicy { get; init; }

    public SandboxOpeners Openers { get; init; } = new();

    public IReadOnlyList<TemplateOptions>? Templates { get; init; }

    /// <summary>These where they were given, else others. A preset that was given stands for all six of its values.</summary>
    public SandboxSettings Over(SandboxSettings others)
    {
        var preset = Preset is null ? others : others.WithoutOptimization();
        return new SandboxSettings
        {
            Name = Name ?? others.Name,
            Image = Image ?? others.Image,
            Workspace = Workspace ?? others.Workspace,
            WorkspaceLimit = WorkspaceLimit ?? others.WorkspaceLimit,
            Preset = Preset ?? others.Preset,
            EnableImageCaching = EnableImageCaching ?? preset.EnableImageCaching,
            EnableParallelStartup = EnableParallelStartup ?? preset.EnableParallelStartup,
            WarmupContainers = WarmupContainers ?? preset.WarmupContainers,
            PreloadBaseImages = PreloadBaseImages ?? preset.PreloadBaseImages,
            StartupTimeout = StartupTimeout ?? preset.StartupTimeout,
            OptimizationEnabled = OptimizationEnabled ?? preset.OptimizationEnabled,
            Endpoint = Endpoint ?? others.Endpoint,
            Memory = Memory ?? others.Memory,
            Cpu = Cpu ?? others.Cpu,
            PidsLimit = PidsLimit ?? others.PidsLimit,
            ThrottleLimit = ThrottleLimit ?? others.ThrottleLimit,
            PoolIdleTimeout = PoolIdleTimeout ?? others.PoolIdleTimeout,
            ImageChangePolicy = ImageChangePolicy ?? others.ImageChangePolicy,
            Openers = Openers.Over(others.Openers),
            Templates = Templates ?? others.Templates,
        };
    }

    /// <summary>What they come to: the preset's values, else the usual ones, where nothing was given.</summary>
    /// <param name="defaults">The usual ones.</param>
    public SandboxOptions ToOptions(SandboxOptions defaults)
    {
        var preset = StartupOptimization.For(Preset ?? SandboxPreset.Development);
        return defaults with
        {
            Name = Name ?? defaults.Name,
            Image = Image ?? defaults.Image,
            Workspace = Workspace,
            WorkspaceLimit = WorkspaceLimit,
            Optimization = new StartupOptimization
            {
                EnableImageCaching = EnableImageCaching ?? preset.EnableImageCaching,
                EnableParallelStartup = EnableParallelStartup ?? preset.EnableParallelStartup,
                WarmupContainers = WarmupContainers ?? preset.WarmupContainers,
                PreloadBaseImages = PreloadBaseImages ?? preset.PreloadBaseImages,
                StartupTimeout = StartupTimeout ?? preset.StartupTimeout,
                OptimizationEnabled = OptimizationEnabled ?? preset.OptimizationEnabled,
            },
            Endpoint = Endpoint,
            Memory = Memory ?? defaults.Memory,
            Cpu = Cpu ?? defaults.Cpu,
            PidsLimit = PidsLimit ?? defaults.PidsLimit,
            ThrottleLimit = ThrottleLimit,
            PoolIdleTimeout = PoolIdleTimeout,
            ImageChangePolicy = ImageChangePolicy ?? defaults.ImageChangePolicy,
            Openers = Openers,
            Templates = Templates ?? [],
        };
    }

    /// <summary>The same with the names of files as <paramref name="full"/> completes them.</summary>
    public SandboxSettings WithFullPaths(Func<string, string> full)
    {
        SandboxOpeners Complete(SandboxOpeners openers) => openers with { SeccompProfile = openers.SeccompProfile is { } path ? full(path) : null };
        return this with
        {
            Openers = Complete(Openers),
            Templates = Templates is null ? null : [.. Templates.Select(template => template with { Openers = Complete(template.Openers) })],
        };
    }

    private SandboxSettings WithoutOptimization() => this with
    {
        EnableImageCaching = null,
        EnableParallelStartup = null,
        WarmupContainers = null,
        PreloadBaseImages = null,
        StartupTimeout = null,
        OptimizationEnabled = null,
    };
}
