namespace ContainerSandbox;

/// <summary>How important a message is.</summary>
public enum SandboxLogLevel
{
    /// <summary>For whoever looks for a fault.</summary>
    Debug,

    /// <summary>What is being done.</summary>
    Information,

    /// <summary>Something the user should know.</summary>
    Warning,
}
