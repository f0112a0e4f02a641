namespace ContainerSandbox.Docker.Registries;

/// <summary>The registry that an image comes from, as the docker command line tells it by the image's name.</summary>
internal static class RegistryHost
{
    /// <summary>What the command line calls its default registry when it keeps credentials.</summary>
    public const string Default = "https://index.docker.io/v1/";

    /// <summary>The registry of a repository: its first part when that can be a host, else the default one.</summary>
    public static string Of(string repository)
    {
        var slash = repository.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? string.Empty : repository[..slash];
        var isHost = first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost";
        return !isHost || first is "docker.io" or "index.docker.io" ? Default : first;
    }

    /// <summary>The host that an entry of the configuration is about: it may be written as an address.</summary>
    public static string FromEntry(string entry)
    {
        if (entry == Default)
            return Default;
        var scheme = entry.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? entry : entry[(scheme + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? rest : rest[..slash];
    }

    /// <summary>As <c>docker login</c> takes it.</summary>
    public static string ForLogin(string registry) => registry == Default ? string.Empty : " " + registry;
}
