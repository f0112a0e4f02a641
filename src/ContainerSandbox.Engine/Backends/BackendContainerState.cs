namespace ContainerSandbox.Engine.Backends;

/// <summary>What a container is doing.</summary>
public enum BackendContainerState
{
    /// <summary>Made and never started.</summary>
    Created,

    /// <summary>Its processes run.</summary>
    Running,

    /// <summary>Its processes are frozen.</summary>
    Paused,

    /// <summary>It ended, or is about to be gone.</summary>
    Ended,
}
