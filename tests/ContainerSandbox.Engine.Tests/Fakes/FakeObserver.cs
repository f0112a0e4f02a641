using System.Collections.Concurrent;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>Keeps what it hears.</summary>
internal sealed class FakeObserver : ISandboxObserver
{
    public ConcurrentQueue<(SandboxLogLevel Level, string Message)> Messages { get; } = new();

    public ConcurrentQueue<SandboxProgress> Progress { get; } = new();

    public void Log(SandboxLogLevel level, string message) => Messages.Enqueue((level, message));

    public void Report(SandboxProgress progress) => Progress.Enqueue(progress);
}
