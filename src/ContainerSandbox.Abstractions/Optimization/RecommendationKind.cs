namespace ContainerSandbox;

/// <summary>What a recommendation is about.</summary>
public enum RecommendationKind
{
    /// <summary>A pool keeps too few containers ready, or far too many.</summary>
    PoolTarget,

    /// <summary>The memory limit of an environment does not go with what it uses.</summary>
    MemoryLimit,

    /// <summary>The processor limit of an environment does not go with what it uses.</summary>
    CpuLimit,

    /// <summary>Claims waited for an image that could have been there.</summary>
    ImagePreload,

    /// <summary>A claim took long.</summary>
    SlowStartup,

    /// <summary>An agent uses little of what it has.</summary>
    LowEfficiency,

    /// <summary>An environment is Critical or lost and should give way to a new one.</summary>
    ReplaceEnvironment,
}
