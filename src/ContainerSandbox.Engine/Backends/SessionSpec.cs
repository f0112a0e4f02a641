namespace ContainerSandbox.Engine.Backends;

/// <summary>A process to be started in a running container.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="UserId">Its user.</param>
/// <param name="GroupId">Its group.</param>
/// <param name="Command">The program and its arguments. Engines show them in events: nothing secret belongs here.</param>
/// <param name="WorkingDirectory">Where it starts.</param>
public sealed record SessionSpec(string ContainerId, long UserId, long GroupId, IReadOnlyList<string> Command, string WorkingDirectory);
