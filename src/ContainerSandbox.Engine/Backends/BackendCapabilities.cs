namespace ContainerSandbox.Engine.Backends;

/// <summary>What answers, and what it can do.</summary>
/// <param name="Engine">How it describes itself.</param>
/// <param name="FirstUserId">The lowest user id that a container can run as, above 0.</param>
/// <param name="LastUserId">The highest user id that a container can run as.</param>
public sealed record BackendCapabilities(EngineInfo Engine, long FirstUserId, long LastUserId);
