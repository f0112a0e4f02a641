namespace ContainerSandbox.Engine.Backends;

/// <summary>A network to be made: a bridge of its own that leads out, and not from one of its containers to another.</summary>
/// <param name="Name">Its name, which nobody else uses.</param>
/// <param name="Labels">Its labels.</param>
public sealed record NetworkSpec(string Name, IReadOnlyDictionary<string, string> Labels);
