namespace ContainerSandbox.Engine.Backends;

/// <summary>What can happen to a container that a sandbox acts on.</summary>
public enum BackendEventKind
{
    /// <summary>It was started.</summary>
    Started,

    /// <summary>The kernel ended one of its processes because its memory was used up.</summary>
    OutOfMemory,

    /// <summary>Its main process ended.</summary>
    Died,

    /// <summary>It was removed.</summary>
    Destroyed,
}
