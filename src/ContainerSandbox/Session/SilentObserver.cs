namespace ContainerSandbox.Session;

/// <summary>For work that no cmdlet listens to any more.</summary>
internal sealed class SilentObserver : ISandboxObserver
{
    public static readonly SilentObserver Instance = new();

    public void Log(SandboxLogLevel level, string message)
    {
    }

    public void Report(SandboxProgress progress)
    {
    }
}
