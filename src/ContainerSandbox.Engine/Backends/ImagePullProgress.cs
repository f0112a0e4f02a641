namespace ContainerSandbox.Engine.Backends;

/// <summary>How far one layer of a pull is.</summary>
/// <param name="Layer">The layer; empty for a message about the whole.</param>
/// <param name="Status">What is being done with it.</param>
/// <param name="Current">Bytes done.</param>
/// <param name="Total">Bytes in all; 0 when not known.</param>
public sealed record ImagePullProgress(string Layer, string Status, long Current, long Total);
