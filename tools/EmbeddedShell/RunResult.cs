namespace ContainerSandbox.EmbeddedShell;

/// <summary>How a script ended.</summary>
internal enum RunResult
{
    Completed,
    Failed,
    Stopped,
}
