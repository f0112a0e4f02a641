using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ContainerSandbox.Docker.Tests.Ssh;

/// <summary>Stands on the way to a port of this machine: it can end the connections through it, or carry nothing any more.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<Socket> _open = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;
    private volatile bool _silent;

    public Relay(int target)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(target);
    }

    public int Port { get; }

    /// <summary>Ends all connections that there are.</summary>
    public void Drop()
    {
        while (_open.TryDequeue(out var socket))
            socket.Dispose();
    }

    /// <summary>Swallows from here on whatever comes, on either side.</summary>
    public void Swallow() => _silent = true;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _ending.Dispose();
    }

    private async Task AcceptAsync(int target)
    {
        var carrying = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_ending.Token);
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                _open.Enqueue(client);
                _open.Enqueue(server);
                await server.ConnectAsync(IPAddress.Loopback, target, _ending.Token);
                carrying.AddRange([CarryAsync(client, server), CarryAsync(server, client)]);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Drop();
        }

        await Task.WhenAll(carrying);
    }

    private async Task CarryAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, SocketFlags.None, _ending.Token)) > 0)
            {
                if (!_silent)
                    await to.SendAsync(buffer.AsMemory(0, count), SocketFlags.None, _ending.Token);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return;
        }
    }
}
