using System.Globalization;
using ContainerSandbox.Docker.Connecting.Ssh;

namespace ContainerSandbox.Docker.Connecting;

/// <summary>Reads the address of an engine as the engine's own command line does.</summary>
internal static class EndpointAddress
{
    private const int PlainPort = 2375;
    private const int TlsPort = 2376;

    /// <summary>Reads an address; what cannot be used is an error that says why.</summary>
    /// <param name="address">The address.</param>
    /// <param name="origin">Who named it.</param>
    /// <param name="certificates">Those for an address that wants them.</param>
    /// <param name="wantsTls">True where a plain TCP address means TLS as well.</param>
    public static EngineEndpoint Parse(string address, string origin, Func<EngineCertificates>? certificates = null, bool wantsTls = false)
    {
        var text = address.Trim();
        var separator = text.IndexOf("://", StringComparison.Ordinal);

        // The command line takes a bare host as TCP; a bare path can only mean a socket.
        var scheme = separator >= 0 ? text[..separator].ToLowerInvariant() : text.StartsWith('/') ? "unix" : "tcp";
        var rest = separator >= 0 ? text[(separator + 3)..] : text;
        return scheme switch
        {
            "unix" => Unix(rest, address, origin),
            "tcp" or "http" => Tcp(rest, address, origin, wantsTls ? certificates : null),
            "https" when certificates is not null => Tcp(rest, address, origin, certificates),
            "npipe" => Pipe(rest, address, origin),
            "ssh" => Ssh(rest, address, origin),
            _ => throw NotSupported(address, origin, "Name an address that begins with unix://, tcp://, ssh:// or, on Windows, npipe://."),
        };
    }

    /// <summary>Says that an endpoint cannot be used, and what can.</summary>
    public static SandboxException NotSupported(string address, string origin, string remedy) => new(
        SandboxErrorId.EndpointNotSupported,
        SandboxErrorCategory.InvalidArgument,
        $"The engine address '{address}' (from {origin}) cannot be used. {remedy}",
        address);

    private static EngineEndpoint Unix(string path, string address, string origin)
    {
        if (!path.StartsWith('/') || path.Contains('\0', StringComparison.Ordinal))
            throw NotSupported(address, origin, "A unix address names an absolute path, for example unix:///var/run/docker.sock.");
        // Escaped, because a path may hold what has a meaning in an address.
        var escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        return new EngineEndpoint(new Uri("unix://" + escaped), origin);
    }

    private static EngineEndpoint Tcp(string rest, string address, string origin, Func<EngineCertificates>? certificates)
    {
        if (!Uri.TryCreate("tcp://" + rest, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.UserInfo.Length > 0
            || uri.PathAndQuery is not ("" or "/"))
            throw NotSupported(address, origin, "A TCP address names a host and a port, for example tcp://localhost:2375.");
        var port = uri.Port > 0 ? uri.Port : certificates is null ? PlainPort : TlsPort;
        return new EngineEndpoint(new Uri(string.Create(CultureInfo.InvariantCulture, $"tcp://{uri.Host}:{port}")), origin, certificates?.Invoke());
    }

    private static EngineEndpoint Ssh(string rest, string address, string origin)
    {
        if (OperatingSystem.IsWindows())
            throw NotSupported(address, origin, "The ssh client of Windows does not forward sockets. Use an engine on this machine or one over TLS.");
        return Uri.TryCreate("ssh://" + rest, UriKind.Absolute, out var uri) && SshTarget.Accepts(uri)
            ? new EngineEndpoint(uri, origin)
            : throw NotSupported(address, origin, "An ssh address names a host, and may name a user, a port and the path of the engine's socket there, for example ssh://me@host:22/run/user/1000/docker.sock.");
    }

    private static EngineEndpoint Pipe(string rest, string address, string origin)
    {
        if (!OperatingSystem.IsWindows())
            throw NotSupported(address, origin, "Named pipes exist on Windows only.");
        var slashes = "npipe://" + rest.Replace('\\', '/');
        // The command line writes npipe:////./pipe/name, the client library npipe://./pipe/name.
        var normal = slashes.Replace("npipe:////", "npipe://", StringComparison.OrdinalIgnoreCase);
        return Uri.TryCreate(normal, UriKind.Absolute, out var uri) && uri.Segments.Length == 3
            ? new EngineEndpoint(uri, origin)
            : throw NotSupported(address, origin, "A pipe address looks like npipe://./pipe/docker_engine.");
    }
}
