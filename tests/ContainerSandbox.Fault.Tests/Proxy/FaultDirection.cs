namespace ContainerSandbox.Fault.Tests.Proxy;

/// <summary>Which way a fault works.</summary>
internal enum FaultDirection
{
    /// <summary>What the engine answers.</summary>
    Response,

    /// <summary>What the engine is asked.</summary>
    Request,
}
