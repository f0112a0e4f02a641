namespace ContainerSandbox.Engine.Backends;

/// <summary>One of the two streams that a process writes.</summary>
public enum SessionStream
{
    /// <summary>Standard output.</summary>
    Output,

    /// <summary>Standard error.</summary>
    Error,
}
