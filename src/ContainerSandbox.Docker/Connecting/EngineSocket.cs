using System.Net;
using System.Net.Sockets;

namespace ContainerSandbox.Docker.Connecting;

/// <summary>Opens sockets to an engine. The library's own openers ignore cancellation and keep-alive over TCP and leak a socket that failed.</summary>
internal static class EngineSocket
{
    /// <summary>Connects; the failure is a <see cref="SocketException"/>.</summary>
    public static async Task<Socket> ConnectAsync(EngineEndpoint endpoint, CancellationToken cancellationToken)
    {
        var overTcp = endpoint.Uri.Scheme == "tcp";
        var socket = overTcp
            ? new Socket(SocketType.Stream, ProtocolType.Tcp)
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            if (overTcp)
                KeepAlive(socket);
            EndPoint address = overTcp
                ? new DnsEndPoint(endpoint.Uri.Host, endpoint.Uri.Port)
                : new UnixDomainSocketEndPoint(endpoint.SocketPath);
            await socket.ConnectAsync(address, cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A lease over TCP must notice within 30 s that the other side is gone.
    private static void KeepAlive(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }
}
