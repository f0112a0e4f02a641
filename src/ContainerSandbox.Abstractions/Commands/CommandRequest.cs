namespace ContainerSandbox;

/// <summary>What <c>Invoke-AgentCommand</c> was asked for.</summary>
public sealed record CommandRequest
{
    /// <summary>Text for the container's <c>/bin/sh</c>.</summary>
    public required string Command { get; init; }

    /// <summary>The command's positional parameters.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>After this the command and all that it started is ended; null waits for its end.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long it may take to end after TERM when its time is up; 0 or more. What is left then is killed.</summary>
    public TimeSpan GracePeriod { get; init; } = DefaultGracePeriod;

    /// <summary>Absolute path where it starts; null is the workspace.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables of this command, over those of the environment.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>Run as the environment's second user, which no command of the agent can reach.</summary>
    public bool Isolated { get; init; }

    /// <summary>Bytes kept of each stream; what follows is read and dropped. 1 or more.</summary>
    public long MaximumOutput { get; init; } = DefaultMaximumOutput;

    /// <summary>What the command reads; null is an empty input.</summary>
    public Stream? StandardInput { get; init; }

    /// <summary>0.3 s.</summary>
    public static readonly TimeSpan DefaultGracePeriod = TimeSpan.FromMilliseconds(300);

    /// <summary>16 MB.</summary>
    public const long DefaultMaximumOutput = 16L * 1024 * 1024;
}
