using System.Collections.Concurrent;
using ContainerSandbox.Presentation.Live;

namespace ContainerSandbox.Presentation.Tests;

/// <summary>A terminal whose keys the test presses and whose text it reads.</summary>
internal sealed class FakeTerminal : ITerminal
{
    private readonly ConcurrentQueue<string> _written = new();

    public ConcurrentQueue<ConsoleKeyInfo> Keys { get; } = new();

    public string? Obstacle { get; init; }

    public ScreenSize Size { get; set; } = new(80, 24);

    public bool IsUnicode => true;

    public bool HasColor => false;

    public IReadOnlyList<string> Written => [.. _written];

    public string? FindObstacle() => Obstacle;

    public ConsoleKeyInfo? ReadKey() => Keys.TryDequeue(out var key) ? key : null;

    public void Write(string text) => _written.Enqueue(text);
}
