namespace ContainerSandbox;

/// <summary>What a monitor is doing.</summary>
public enum MonitorState
{
    /// <summary>It takes samples at its interval.</summary>
    Running,

    /// <summary>It takes samples, but cannot keep its interval.</summary>
    Degraded,

    /// <summary>It was ended.</summary>
    Stopped,
}
