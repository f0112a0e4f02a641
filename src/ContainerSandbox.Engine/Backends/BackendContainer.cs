namespace ContainerSandbox.Engine.Backends;

/// <summary>A container as a listing shows it.</summary>
/// <param name="Id">The engine's id of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Labels">Its labels.</param>
public sealed record BackendContainer(string Id, string Name, BackendContainerState State, IReadOnlyDictionary<string, string> Labels);
