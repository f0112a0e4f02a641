namespace ContainerSandbox.Engine.Backends;

/// <summary>An image that is present.</summary>
/// <param name="Id">Its identity, which no tag can move.</param>
/// <param name="References">The names and tags that point at it.</param>
/// <param name="EnvironmentVariables">Its variables, as <c>NAME=value</c>.</param>
/// <param name="Volumes">Paths that it declares as volumes.</param>
public sealed record BackendImage(
    string Id, IReadOnlyList<string> References, IReadOnlyList<string> EnvironmentVariables, IReadOnlyList<string> Volumes);
