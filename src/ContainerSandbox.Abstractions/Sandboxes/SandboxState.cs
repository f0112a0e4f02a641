namespace ContainerSandbox;

/// <summary>What a sandbox can do at the moment.</summary>
public enum SandboxState
{
    /// <summary>Claims are served.</summary>
    Ready,

    /// <summary>Claims are served cold because a pool cannot be filled; it recovers by itself.</summary>
    Degraded,

    /// <summary>It is being removed and serves no more claims.</summary>
    Removing,

    /// <summary>It is gone.</summary>
    Removed,
}
