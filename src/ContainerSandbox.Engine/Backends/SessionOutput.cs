namespace ContainerSandbox.Engine.Backends;

/// <summary>One of the two streams that a process writes.</summary>
public enum SessionOutput
{
    /// <summary>Its standard output.</summary>
    Standard,

    /// <summary>Its standard error.</summary>
    Error,
}
