namespace ContainerSandbox.Engine.Backends;

/// <summary>A network as an engine lists it.</summary>
/// <param name="Id">The engine's id of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Labels">Its labels.</param>
public sealed record BackendNetwork(string Id, string Name, IReadOnlyDictionary<string, string> Labels);
