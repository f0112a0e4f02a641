using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace ContainerSandbox.Docker.Tests.Faults;

/// <summary>Listens where an engine would and answers as a test says: whatever a broken one might do.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _folder = Directory.CreateTempSubdirectory("cs-fake-").FullName;
    private readonly ConcurrentDictionary<string, Func<NetworkStream, Task>> _answers = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentBag<Socket> _connections = [];
    private readonly Task _accepting;

    private FakeEngine()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, "docker.sock")));
        _listener.Listen(64);
        _accepting = AcceptAsync();
        Answer("GET /version", Json("""{"Version":"20.10.24","ApiVersion":"1.41","MinAPIVersion":"1.12","Components":[{"Name":"Engine","Version":"20.10.24"}]}"""));
    }

    public static FakeEngine Start() => new();

    public string Host => "unix://" + Path.Combine(_folder, "docker.sock");

    /// <summary>Method and path, without version and query, of what was asked.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public static string Json(string body, string status = "200 OK") =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    /// <summary>Answers a request with a text, then closes.</summary>
    public void Answer(string request, string text) => Answer(request, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask());

    /// <summary>Answers a request by code, then closes.</summary>
    public void Answer(string request, Func<NetworkStream, Task> answer) => _answers[request] = answer;

    /// <summary>Never answers a request.</summary>
    public void Hang(string request) => Answer(request, _ => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System));

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        foreach (var connection in _connections)
            connection.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var connection = await _listener.AcceptAsync();
                _connections.Add(connection);
                _ = ServeAsync(connection);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        try
        {
            await using var stream = new NetworkStream(connection, ownsSocket: true);
            var head = await ReadHeadAsync(stream);
            var line = head.Split("\r\n")[0].Split(' ');
            var path = line[1].Split('?')[0];
            var request = $"{line[0]} {(path.StartsWith("/v1.", StringComparison.Ordinal) ? path[path.IndexOf('/', 1)..] : path)}";
            _requests.Enqueue(request);
            var answer = _answers.GetValueOrDefault(request) ?? (s => s.WriteAsync(Encoding.UTF8.GetBytes(Json("""{"message":"page not found"}""", "404 Not Found"))).AsTask());
            await answer(stream);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return;
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1)
            text.Append((char)one[0]);
        var length = text.ToString().Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
        if (length is not null)
            await stream.ReadExactlyAsync(new byte[int.Parse(length.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)]);
        return text.ToString();
    }
}
