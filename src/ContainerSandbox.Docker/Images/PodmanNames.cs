namespace ContainerSandbox.Docker.Images;

/// <summary>Podman keeps every name in full: what has no registry is that of <c>localhost</c>, what came from Docker's begins with that one's name.</summary>
internal static class PodmanNames
{
    private static readonly string[] Implied = ["localhost/", "docker.io/library/", "docker.io/"];

    /// <summary>The name as people write it.</summary>
    public static string Shorten(string name) =>
        Implied.FirstOrDefault(registry => name.StartsWith(registry, StringComparison.Ordinal)) is { } registry ? name[registry.Length..] : name;
}
