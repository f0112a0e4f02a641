namespace ContainerSandbox.Engine.Optimization;

/// <summary>Whose setting is meant. What does not apply is empty.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="EnvironmentId">Its environment.</param>
/// <param name="Specialization">The specialization of the pool.</param>
internal sealed record SettingSubject(string AgentId, string EnvironmentId, string Specialization)
{
    /// <summary>The name that errors go by.</summary>
    public string Name => AgentId.Length > 0 ? AgentId : Specialization;
}
