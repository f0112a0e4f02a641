namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>Hears everything and says nothing.</summary>
internal sealed class Quiet : ISandboxObserver
{
    public static Quiet Observer { get; } = new();

    public void Log(SandboxLogLevel level, string message)
    {
    }

    public void Report(SandboxProgress progress)
    {
    }
}
