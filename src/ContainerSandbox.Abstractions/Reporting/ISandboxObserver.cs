namespace ContainerSandbox;

/// <summary>
/// Hears what one operation says while it runs. Called from any thread, also after the operation ended by work that it started;
/// an implementation must neither throw nor block.
/// </summary>
public interface ISandboxObserver
{
    /// <summary>A message of the operation.</summary>
    /// <param name="level">How important it is.</param>
    /// <param name="message">The message.</param>
    void Log(SandboxLogLevel level, string message);

    /// <summary>How far the operation is.</summary>
    /// <param name="progress">Where it is.</param>
    void Report(SandboxProgress progress);
}
