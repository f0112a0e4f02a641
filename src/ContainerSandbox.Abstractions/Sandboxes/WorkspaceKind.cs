namespace ContainerSandbox;

/// <summary>What an agent's <c>/workspace</c> is.</summary>
public enum WorkspaceKind
{
    /// <summary>A file system in the container's memory; it ends with the container.</summary>
    Memory,

    /// <summary>A folder of this machine; it stays.</summary>
    Bound,
}
