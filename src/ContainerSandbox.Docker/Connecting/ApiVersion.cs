using System.Globalization;

namespace ContainerSandbox.Docker.Connecting;

/// <summary>Agrees on the API version to speak: the newest that both sides are known to get right.</summary>
internal static class ApiVersion
{
    /// <summary>What Docker Engine 20.10 and Podman 4 speak, and the least that has all that a sandbox needs.</summary>
    public static readonly Version Least = new(1, 41);

    /// <summary>The newest that this adapter was tried on. A newer engine is asked to speak this one.</summary>
    public static readonly Version Tested = new(1, 51);

    /// <summary>Picks the version for an engine that speaks up to one version and down to another.</summary>
    public static Version Agree(string endpoint, string engineVersion, string newest, string? oldest)
    {
        if (!TryParse(newest, out var server))
            throw new SandboxException(
                SandboxErrorId.EngineError,
                SandboxErrorCategory.ProtocolError,
                $"What answers at {endpoint} gives '{Calls.EngineText.Shorten(newest)}' as its API version, which no container engine does. Check the address.",
                endpoint);
        if (server < Least)
            throw new SandboxException(
                SandboxErrorId.EngineTooOld,
                SandboxErrorCategory.ResourceUnavailable,
                $"The engine at {endpoint} (version {engineVersion}) speaks API {server}; {Least} is needed, which Docker Engine 20.10 and Podman 4 have. Update the engine.",
                endpoint);

        var agreed = server < Tested ? server : Tested;

        // An engine so new that it dropped every version tried: its oldest is the nearest to what is known to work.
        return TryParse(oldest, out var least) && agreed < least ? least : agreed;
    }

    private static bool TryParse(string? text, out Version version)
    {
        version = Least;
        var parts = (text ?? string.Empty).Split('.');
        if (parts.Length != 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor))
            return false;
        version = new Version(major, minor);
        return true;
    }
}
