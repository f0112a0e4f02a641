namespace ContainerSandbox.Engine.Backends;

/// <summary>What changes of a container; what is null stays.</summary>
/// <param name="Limits">Its new limits.</param>
/// <param name="Name">Its new name.</param>
public sealed record ContainerUpdate(ResourceLimits? Limits = null, string? Name = null);
