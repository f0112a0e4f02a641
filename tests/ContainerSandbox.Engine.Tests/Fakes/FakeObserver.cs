using System.Collections.Concurrent;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>Keeps the warnings and the progress that it hears. Everything else would be very much in a long test.</summary>
internal sealed class FakeObserver : ISandboxObserver
{
    public ConcurrentQueue<string> Warnings { get; } = new();

    public ConcurrentQueue<SandboxProgress> Progress { get; } = new();

    public void Log(SandboxLogLevel level, string message)
    {
        if (level == SandboxLogLevel.Warning)
            Warnings.Enqueue(message);
    }

    public void Report(SandboxProgress progress) => Progress.Enqueue(progress);
}
