namespace ContainerSandbox.Fault.Tests.Matrix;

/// <summary>The fault.</summary>
public enum Trouble
{
    /// <summary>The engine is killed and started again.</summary>
    EngineKilled,

    /// <summary>The engine is frozen for a while.</summary>
    EngineFrozen,

    /// <summary>A call is not answered.</summary>
    Hang,

    /// <summary>An answer breaks off.</summary>
    Reset,

    /// <summary>An answer ends too early.</summary>
    Truncated,

    /// <summary>An answer says 500, although what was asked for was done.</summary>
    Status500,

    /// <summary>An answer makes no sense.</summary>
    Garbage,
}
