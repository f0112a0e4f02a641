namespace ContainerSandbox;

/// <summary>What a container of a pool is doing.</summary>
public enum SandboxSlotState
{
    /// <summary>It waits for a claim.</summary>
    Ready,

    /// <summary>A claim has it and is making sure that it answers.</summary>
    Claiming,

    /// <summary>It is being started.</summary>
    Creating,

    /// <summary>It is being ended.</summary>
    Removing,
}
