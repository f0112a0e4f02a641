namespace ContainerSandbox;

/// <summary>What a pool is doing.</summary>
public enum PoolState
{
    /// <summary>It has no target, or the sandbox no optimization: every claim is cold.</summary>
    Disabled,

    /// <summary>It is below its target and being filled.</summary>
    Filling,

    /// <summary>It is at its target.</summary>
    Ready,

    /// <summary>Starts fail one after another; it tries again with growing pauses.</summary>
    Degraded,

    /// <summary>It shrank to zero because nothing was claimed for long; the next claim fills it again.</summary>
    Idle,
}
