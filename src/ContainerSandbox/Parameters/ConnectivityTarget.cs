using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ContainerSandbox.Parameters;

/// <summary>What is to be reached by TCP: <c>host:port</c>, <c>10.0.0.1:port</c> or <c>[fd00::1]:port</c>.</summary>
/// <param name="Host">A name or an address.</param>
/// <param name="Port">1 to 65535.</param>
internal sealed record ConnectivityTarget(string Host, int Port)
{
    /// <summary>Reads one; null where it is none.</summary>
    public static ConnectivityTarget? Read(string text)
    {
        text = text.Trim();
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            return null;
        var host = text[..colon];
        if (host is ['[', .. var inner, ']'])
            return IPAddress.TryParse(inner, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? new ConnectivityTarget(inner, port) : null;
        return Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 ? new ConnectivityTarget(host, port) : null;
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}
