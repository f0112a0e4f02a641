namespace ContainerSandbox;

/// <summary>Kinds of failure, named as PowerShell's error categories are.</summary>
public enum SandboxErrorCategory
{
    /// <summary>No other fits.</summary>
    NotSpecified,

    /// <summary>What was given cannot be used.</summary>
    InvalidArgument,

    /// <summary>It cannot be done now.</summary>
    InvalidOperation,

    /// <summary>There is no such thing.</summary>
    ObjectNotFound,

    /// <summary>There is one already.</summary>
    ResourceExists,

    /// <summary>Something needed is missing or does not answer.</summary>
    ResourceUnavailable,

    /// <summary>The engine could not be reached or was lost.</summary>
    ConnectionError,

    /// <summary>Something took longer than it may.</summary>
    OperationTimeout,

    /// <summary>The user may not do this.</summary>
    PermissionDenied,

    /// <summary>The engine's answer was not understood.</summary>
    ProtocolError,
}
