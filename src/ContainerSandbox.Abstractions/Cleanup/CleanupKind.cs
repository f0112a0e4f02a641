namespace ContainerSandbox;

/// <summary>What a receipt is about.</summary>
public enum CleanupKind
{
    /// <summary>The container of an agent's environment.</summary>
    Environment,

    /// <summary>A container of a pool that was nobody's.</summary>
    Slot,

    /// <summary>The sandbox's own network.</summary>
    Network,

    /// <summary>The folder in which an agent worked.</summary>
    Workspace,
}
