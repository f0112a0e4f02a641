using Spectre.Console;

namespace ContainerSandbox.Presentation.Live;

/// <summary>The terminal of this process.</summary>
internal sealed class SystemTerminal : ITerminal
{
    private readonly Lazy<Capabilities> _capabilities = new(() => AnsiConsole.Create(new AnsiConsoleSettings()).Profile.Capabilities);

    /// <inheritdoc />
    public ScreenSize Size => new(Math.Max(1, Console.WindowWidth), Math.Max(1, Console.WindowHeight));

    /// <inheritdoc />
    public bool IsUnicode => _capabilities.Value.Unicode;

    /// <inheritdoc />
    public bool HasColor => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <inheritdoc />
    public string? FindObstacle()
    {
        if (Console.IsOutputRedirected)
            return "the output of this process goes elsewhere";
        if (Console.IsInputRedirected)
            return "the input of this process comes from elsewhere";
        return Environment.GetEnvironmentVariable("TERM") == "dumb" || !_capabilities.Value.Ansi ? "this one cannot move its cursor" : null;
    }

    /// <inheritdoc />
    public ConsoleKeyInfo? ReadKey() => Console.KeyAvailable ? Console.ReadKey(intercept: true) : null;

    /// <inheritdoc />
    public void Write(string text)
    {
        Console.Out.Write(text);
        Console.Out.Flush();
    }
}
