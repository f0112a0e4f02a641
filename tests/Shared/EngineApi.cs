using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace ContainerSandbox.Testing;

/// <summary>
/// The engine's API without any client library: what tests arrange and check with it does not rest on the code that they test.
/// </summary>
public sealed class EngineApi : IDisposable
{
    private const string DefaultHost = "unix:///var/run/docker.sock";
    private readonly HttpClient _client;

    public EngineApi(string host)
    {
        Host = host;
        var handler = new SocketsHttpHandler { UseProxy = false };
        var address = new Uri(host);
        if (address.Scheme == "unix")
            handler.ConnectCallback = async (_, token) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(address.LocalPath), token);
                return new NetworkStream(socket, ownsSocket: true);
            };
        var root = address.Scheme == "unix" ? "http://engine/" : $"http://{address.Authority}/";
        _client = new HttpClient(handler) { BaseAddress = new Uri(root), Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Where the engine is.</summary>
    public string Host { get; }

    /// <summary>Connects to the engine that DOCKER_HOST names, and fails in plain words when none answers.</summary>
    public static async Task<EngineApi> FromEnvironmentAsync()
    {
        var host = Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } named ? named : DefaultHost;
        var api = new EngineApi(host);
        try
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            using var answer = await api._client.GetAsync("_ping", deadline.Token);
            answer.EnsureSuccessStatusCode();
            return api;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            api.Dispose();
            throw new InvalidOperationException(
                $"These tests need a container engine and none answers at '{host}'. `./build.sh test` starts a private one; or set DOCKER_HOST, for example to unix:///var/run/docker.sock.", e);
        }
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _client.GetAsync(path);
        return Parse(await ReadAsync(answer, path));
    }

    public async Task<JsonElement> PostAsync(string path, string json = "{}")
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return Parse(await PostAsync(path, content));
    }

    public async Task<string> PostAsync(string path, HttpContent content, string? registryAuth = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (registryAuth is not null)
            request.Headers.Add("X-Registry-Auth", registryAuth);

        // An engine that refuses closes the connection while the body is still on its way; asked first, it says why.
        request.Headers.ExpectContinue = true;
        using var answer = await _client.SendAsync(request);
        return await ReadAsync(answer, path);
    }

    /// <summary>Deletes; what is gone already is no failure.</summary>
    public async Task DeleteAsync(string path)
    {
        using var answer = await _client.DeleteAsync(path);
        if (answer.StatusCode is not (System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Conflict))
            await ReadAsync(answer, path);
    }

    /// <summary>Ids of the containers that carry a label, in every state.</summary>
    public async Task<IReadOnlyList<string>> ContainersAsync(string label)
    {
        var filter = Uri.EscapeDataString(JsonSerializer.Serialize(new Dictionary<string, string[]> { ["label"] = [label] }));
        var list = await GetAsync($"containers/json?all=1&filters={filter}");
        return list.EnumerateArray().Select(container => container.GetProperty("Id").GetString()!).ToList();
    }

    public void Dispose() => _client.Dispose();

    private static async Task<string> ReadAsync(HttpResponseMessage answer, string path)
    {
        var body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? body
            : throw new InvalidOperationException($"The engine answered {(int)answer.StatusCode} to {path}: {body}");
    }

    private static JsonElement Parse(string body)
    {
        if (string.IsNullOrWhiteSpace(body))
            return default;
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }
}
