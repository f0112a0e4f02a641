using System.Globalization;

namespace ContainerSandbox.Engine.Events;

/// <summary>The events of commands. None has the text of a command, which may hold what is secret.</summary>
internal static class CommandEvents
{
    /// <summary>A command ended with a result.</summary>
    public static void CommandEnded(this EventLog log, CommandResult result)
    {
        var (exitCode, duration, timedOut, outOfMemory) = (result.ExitCode, result.Duration, result.TimedOut, result.OomKilled);
        log.Add(
            SandboxEventKind.CommandEnded,
            result.AgentId,
            result.EnvironmentId,
            () => string.Create(
                CultureInfo.InvariantCulture,
                $"exit code {exitCode} after {duration.TotalMilliseconds:0.##} ms{(timedOut ? ", ended by its timeout" : "")}{(outOfMemory ? ", out of memory" : "")}"));
    }

    /// <summary>A command ended without a result.</summary>
    public static void CommandFailed(this EventLog log, string agentId, string environmentId, Exception exception) =>
        log.Add(SandboxEventKind.CommandFailed, agentId, environmentId, Causes.Of(exception));

    /// <summary>A command was ended by whoever ran it.</summary>
    public static void CommandCancelled(this EventLog log, string agentId, string environmentId) =>
        log.Add(SandboxEventKind.CommandFailed, agentId, environmentId, static () => "stopped by its caller");
}
