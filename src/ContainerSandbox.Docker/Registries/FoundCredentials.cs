using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Registries;

/// <summary>What a registry is to be shown.</summary>
/// <param name="Credentials">The credentials; null where there are none, and the registry is asked without.</param>
/// <param name="Trouble">Why some that should be there could not be had, in words that follow "but"; null when nothing went wrong.</param>
internal sealed record FoundCredentials(AuthConfig? Credentials, string? Trouble = null)
{
    /// <summary>There are none.</summary>
    public static FoundCredentials None { get; } = new((AuthConfig?)null);

    // The text of a record would show what must not be seen.
    public override string ToString() => Credentials is null ? "no credentials" : "credentials";
}
