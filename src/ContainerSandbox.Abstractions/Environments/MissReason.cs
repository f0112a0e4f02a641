namespace ContainerSandbox;

/// <summary>Why a claim was not served from the pool.</summary>
public enum MissReason
{
    /// <summary>It was served from the pool.</summary>
    None,

    /// <summary>The sandbox was initialized without optimization: it has no pool.</summary>
    OptimizationDisabled,

    /// <summary>The pool's target is 0.</summary>
    PoolDisabled,

    /// <summary>No container was ready.</summary>
    PoolEmpty,

    /// <summary>The pool cannot be filled at the moment.</summary>
    PoolDegraded,

    /// <summary>Every container that was ready failed its verification.</summary>
    SlotsUnhealthy,

    /// <summary>So little memory was asked for that the container's own file systems would take more than three quarters of it.</summary>
    MemoryBelowTmpfs,

    /// <summary>Another image than the template's was asked for.</summary>
    ImageDiffers,

    /// <summary>Another network than the template's was asked for.</summary>
    NetworkDiffers,

    /// <summary>The pool had shrunk to zero because nothing was claimed for long; it fills again.</summary>
    PoolIdle,

    /// <summary>The agent's folder in the workspace cannot be moved into that of a ready container, so a new one was made on the folder itself.</summary>
    WorkspaceNotMovable,
}
