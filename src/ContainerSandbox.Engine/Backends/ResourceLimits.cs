namespace ContainerSandbox.Engine.Backends;

/// <summary>What a container may use.</summary>
/// <param name="Memory">Memory in bytes; swap is not given beyond it.</param>
/// <param name="Cpu">Cores.</param>
/// <param name="PidsLimit">Processes.</param>
public sealed record ResourceLimits(long Memory, double Cpu, int PidsLimit);
