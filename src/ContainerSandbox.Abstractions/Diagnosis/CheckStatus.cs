namespace ContainerSandbox;

/// <summary>What a check of the engine came to.</summary>
public enum CheckStatus
{
    /// <summary>It is as it must be.</summary>
    Passed,

    /// <summary>A sandbox works, with less than it could have.</summary>
    Warning,

    /// <summary>No sandbox works.</summary>
    Failed,

    /// <summary>It could not be found out.</summary>
    Unknown,
}
