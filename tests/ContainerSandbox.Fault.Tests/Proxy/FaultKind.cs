namespace ContainerSandbox.Fault.Tests.Proxy;

/// <summary>What the proxy can do to a call.</summary>
internal enum FaultKind
{
    /// <summary>It waits before it passes anything on.</summary>
    Delay,

    /// <summary>It passes nothing on until the fault is lifted; then it does, whether or not anybody waits for it still.</summary>
    Hang,

    /// <summary>It breaks the connection in the middle.</summary>
    Reset,

    /// <summary>It closes the connection in order, but too early.</summary>
    Truncate,

    /// <summary>It passes on one byte at a time.</summary>
    Slice,

    /// <summary>It passes on other bytes, as many as there were.</summary>
    Garble,

    /// <summary>It says another status than the engine did.</summary>
    Status,

    /// <summary>It passes on everything twice: a request as two requests, an answer block by block.</summary>
    Duplicate,
}
