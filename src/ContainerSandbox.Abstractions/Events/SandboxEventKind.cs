namespace ContainerSandbox;

/// <summary>What kind of thing happened.</summary>
public enum SandboxEventKind
{
    /// <summary>An agent got an environment.</summary>
    Claimed,

    /// <summary>A claim was not served from a pool that might have served it.</summary>
    Missed,

    /// <summary>A claim failed for a reason of the platform.</summary>
    ClaimFailed,

    /// <summary>A command ended with a result.</summary>
    CommandEnded,

    /// <summary>A command ended without one.</summary>
    CommandFailed,

    /// <summary>The kernel ended processes of an environment because its memory was used up.</summary>
    OutOfMemory,

    /// <summary>An environment is well, or not well, in another way than before.</summary>
    HealthChanged,

    /// <summary>An environment's container ended without having been asked to.</summary>
    Lost,

    /// <summary>An environment was removed.</summary>
    Removed,

    /// <summary>The engine does not answer.</summary>
    EngineGone,

    /// <summary>The engine answers again.</summary>
    EngineBack,

    /// <summary>A pool cannot be filled.</summary>
    PoolDegraded,

    /// <summary>A pool that could not be filled can be again.</summary>
    PoolRecovered,

    /// <summary>Monitoring began.</summary>
    MonitorStarted,

    /// <summary>Monitoring ended.</summary>
    MonitorStopped,

    /// <summary>Monitoring cannot keep its pace.</summary>
    MonitorDegraded,

    /// <summary>Monitoring keeps its pace again.</summary>
    MonitorRecovered,

    /// <summary>A user's script failed, or took too long.</summary>
    ScriptFailed,

    /// <summary>A recommendation was carried out.</summary>
    Optimized,
}
