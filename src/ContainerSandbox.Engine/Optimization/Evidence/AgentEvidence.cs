namespace ContainerSandbox.Engine.Optimization;

/// <summary>What is known of one environment.</summary>
/// <param name="Environment">The environment now.</param>
/// <param name="FileSystemMemory">The memory limit that its file systems were made for.</param>
/// <param name="UsedUpAt">The highest memory limit that was used up; 0 when none was.</param>
/// <param name="UsedUp">How often memory was used up.</param>
/// <param name="Use">What it used; null where nothing is known.</param>
/// <param name="EfficiencyScore">How well the agent uses what it has, 0 to 1; null where that means nothing yet.</param>
internal sealed record AgentEvidence(
    AgentEnvironment Environment, long FileSystemMemory, long UsedUpAt, long UsedUp, UseEvidence? Use, double? EfficiencyScore);
