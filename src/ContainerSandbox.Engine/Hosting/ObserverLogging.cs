using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Hosting;

/// <summary>Carries what the engine logs to whoever called: each operation has its own listener, and work in the background none.</summary>
internal sealed class ObserverLogging : ILoggerProvider
{
    private static readonly AsyncLocal<ISandboxObserver?> Current = new();

    /// <summary>Who hears what the caller's flow logs; null in the background.</summary>
    public static ISandboxObserver? Listener => Current.Value;

    /// <summary>Makes a listener hear what the caller's flow logs from here on.</summary>
    public static void Attach(ISandboxObserver observer) => Current.Value = observer;

    public ILogger CreateLogger(string categoryName) => new ObserverLogger();

    public void Dispose()
    {
    }

    private sealed class ObserverLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && Current.Value is not null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var level = logLevel switch
            {
                LogLevel.Trace or LogLevel.Debug => SandboxLogLevel.Debug,
                LogLevel.Information => SandboxLogLevel.Information,
                _ => SandboxLogLevel.Warning,
            };
            Current.Value?.Log(level, formatter(state, exception));
        }
    }
}
