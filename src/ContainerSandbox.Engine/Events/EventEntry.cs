namespace ContainerSandbox.Engine.Events;

/// <summary>An event as it is kept: its text is made when somebody reads it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="At">When it happened.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="AgentId">The agent; empty for none.</param>
/// <param name="EnvironmentId">The environment; empty for none.</param>
/// <param name="Cause">Makes the text. It must hold on to nothing large: it is kept as long as the event.</param>
internal sealed record EventEntry(long Number, DateTimeOffset At, SandboxEventKind Kind, string AgentId, string EnvironmentId, Func<string> Cause)
{
    /// <summary>The event as people see it.</summary>
    public SandboxEvent ToEvent(string sandboxId) => new()
    {
        Number = Number,
        SandboxId = sandboxId,
        Timestamp = At,
        Kind = Kind,
        AgentId = AgentId,
        EnvironmentId = EnvironmentId,
        Cause = Cause(),
    };
}
