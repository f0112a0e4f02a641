using System.Globalization;

namespace ContainerSandbox.Engine.Events;

/// <summary>The events of claims.</summary>
internal static class ClaimEvents
{
    /// <summary>An agent got an environment.</summary>
    public static void Claimed(this EventLog log, AgentEnvironment environment, TimeSpan took)
    {
        var (source, template) = (environment.StartupSource, environment.Template);
        log.Add(
            SandboxEventKind.Claimed,
            environment.AgentId,
            environment.EnvironmentId,
            () => string.Create(CultureInfo.InvariantCulture, $"{source} start in {took.TotalMilliseconds:0.##} ms, template '{template}'"));
    }

    /// <summary>A claim got no ready container.</summary>
    public static void Missed(this EventLog log, SandboxPoolMiss miss, string environmentId)
    {
        var (reason, field, detail) = (miss.Reason, miss.Field, miss.Detail);
        log.Add(
            SandboxEventKind.Missed,
            miss.AgentId,
            environmentId,
            () => field.Length == 0 ? $"{reason}: {detail}" : $"{reason} ({field}): {detail}");
    }

    /// <summary>A claim failed.</summary>
    public static void ClaimFailed(this EventLog log, string agentId, Exception exception) =>
        log.Add(SandboxEventKind.ClaimFailed, agentId, "", Causes.Of(exception));
}
