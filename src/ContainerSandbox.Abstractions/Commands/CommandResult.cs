namespace ContainerSandbox;

/// <summary>What a command of an agent did.</summary>
public sealed record CommandResult
{
    /// <summary>The agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>The sandbox that the agent belongs to.</summary>
    public required string SandboxId { get; init; }

    /// <summary>The environment that the command ran in.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>The command as given.</summary>
    public required string Command { get; init; }

    /// <summary>The command's exit code; 128 plus the signal's number when a signal ended it.</summary>
    public required int ExitCode { get; init; }

    /// <summary>What it wrote to its standard output, exactly, as UTF-8.</summary>
    public required string StandardOutput { get; init; }

    /// <summary>What it wrote to its standard error, exactly, as UTF-8.</summary>
    public required string StandardError { get; init; }

    /// <summary>From handing the command over to knowing its end.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>True when the command was ended because its time was over.</summary>
    public required bool TimedOut { get; init; }

    /// <summary>True when output beyond the limit was dropped.</summary>
    public required bool Truncated { get; init; }

    /// <summary>True when the output held bytes that are no UTF-8; each such place reads U+FFFD.</summary>
    public required bool InvalidUtf8 { get; init; }

    /// <summary>True when the kernel ended a process of the environment during the command because its memory was used up.</summary>
    public required bool OomKilled { get; init; }

    /// <summary>Processes that the command left running.</summary>
    public required int ProcessesLeft { get; init; }

    /// <summary>How it was run.</summary>
    public required CommandSource Source { get; init; }

    /// <summary>When it was handed over.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{AgentId}: exit code {ExitCode}";
}
