namespace ContainerSandbox.Fault.Tests.Matrix;

/// <summary>Hears everything and says nothing.</summary>
internal sealed class Silent : ISandboxObserver
{
    public static Silent Observer { get; } = new();

    public void Log(SandboxLogLevel level, string message)
    {
    }

    public void Report(SandboxProgress progress)
    {
    }
}
