namespace ContainerSandbox.Engine.Backends;

/// <summary>Something that happened to a container.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="ContainerId">The engine's id of the container.</param>
/// <param name="At">When, by the engine's clock.</param>
/// <param name="ExitCode">The exit code of the main process; null when the event has none.</param>
public sealed record BackendEvent(BackendEventKind Kind, string ContainerId, DateTimeOffset At, int? ExitCode = null);
