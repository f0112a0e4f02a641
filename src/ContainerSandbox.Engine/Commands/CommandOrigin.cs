namespace ContainerSandbox.Engine.Commands;

/// <summary>Whose command it is.</summary>
internal sealed record CommandOrigin(string AgentId, string SandboxId, string EnvironmentId);
