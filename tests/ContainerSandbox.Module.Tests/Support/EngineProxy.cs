using System.Net.Sockets;

namespace ContainerSandbox.Module.Tests.Support;

/// <summary>Stands between the module and the engine and counts the bytes that the module sends.</summary>
internal sealed class EngineProxy : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"cs-proxy-{Guid.NewGuid():N}.sock");
    private readonly string _engine = new Uri(Environment.GetEnvironmentVariable("DOCKER_HOST")!).AbsolutePath;
    private readonly Task _accepting;
    private long _traffic;

    private EngineProxy()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(_path));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public string Endpoint => $"unix://{_path}";

    public long Traffic => Interlocked.Read(ref _traffic);

    public static EngineProxy Start() => new();

    /// <summary>Waits until the module has sent nothing for half a second.</summary>
    public async Task QuietAsync()
    {
        long before;
        do
        {
            before = Traffic;
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }
        while (Traffic != before);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        File.Delete(_path);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ForwardAsync(await _listener.AcceptAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private async Task ForwardAsync(Socket client)
    {
        using var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
        {
            await engine.ConnectAsync(new UnixDomainSocketEndPoint(_engine));
            await Task.WhenAll(
                CopyAsync(client, engine, count => Interlocked.Add(ref _traffic, count)),
                CopyAsync(engine, client, static _ => { }));
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, Action<int> passed)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, SocketFlags.None) is var count and > 0)
            {
                passed(count);
                for (var sent = 0; sent < count;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), SocketFlags.None);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // Either side may go at any time.
        }
    }
}
