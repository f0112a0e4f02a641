using System.Diagnostics;
using System.Net.Sockets;
using ContainerSandbox.Docker.Connecting;
using ContainerSandbox.Docker.Tests.Faults;
using Microsoft.Extensions.Time.Testing;

namespace ContainerSandbox.Docker.Tests.Endpoints;

/// <summary>What connecting makes of places where no engine, a silent one, or an unsuitable one is.</summary>
public sealed class ConnectTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cs-connect-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nothing_there_is_found_out_within_two_seconds_and_lists_what_was_tried()
    {
        var environment = new EngineEnvironment(name => name == "XDG_RUNTIME_DIR" ? _folder : null, _folder, false);
        var factory = new DockerBackendFactory(environment, (endpoint, token) =>
            EngineSocket.ConnectAsync(new EngineEndpoint(new Uri($"unix://{_folder}{endpoint.SocketPath}"), endpoint.Origin), token));

        var (failure, elapsed) = await FailAsync(factory, null);

        Assert.Equal(SandboxErrorId.EngineNotFound, failure.ErrorId);
        Assert.True(elapsed < TimeSpan.FromSeconds(2), $"It took {elapsed}.");
        Assert.Contains("unix:///var/run/docker.sock (Docker's usual socket): no such socket", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"unix://{_folder}/podman/podman.sock", failure.Message, StringComparison.Ordinal);
        Assert.Contains("systemctl start docker", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_named_address_no_other_takes_the_place()
    {
        var tried = new List<string>();
        var factory = new DockerBackendFactory(new EngineEnvironment(_ => null, _folder, false), (endpoint, token) =>
        {
            tried.Add(endpoint.ToString());
            return EngineSocket.ConnectAsync(endpoint, token);
        });

        var (failure, _) = await FailAsync(factory, $"unix://{_folder}/none.sock");

        Assert.Equal(SandboxErrorId.EngineNotFound, failure.ErrorId);
        Assert.Equal([$"unix://{_folder}/none.sock"], tried);
    }

    [Fact]
    public async Task A_socket_that_nobody_listens_on_any_more_is_no_engine()
    {
        var path = Path.Combine(_folder, "stale.sock");
        using (var stale = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            // Moved, because the runtime takes the file away with the socket that it bound.
            stale.Bind(new UnixDomainSocketEndPoint(path + ".bound"));
            File.Move(path + ".bound", path);
        }

        var (failure, _) = await FailAsync(new DockerBackendFactory(), "unix://" + path);

        Assert.Equal(SandboxErrorId.EngineNotFound, failure.ErrorId);
        Assert.Contains("nothing listens", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_swallows_packets_is_given_up_within_two_seconds()
    {
        var time = new FakeTimeProvider();
        var asked = new TaskCompletionSource();
        var factory = new DockerBackendFactory(new EngineEnvironment(_ => null, _folder, false), async (_, token) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            throw new InvalidOperationException();
        });

        var connecting = factory.ConnectAsync("tcp://192.0.2.1:2375", time, CancellationToken.None);
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(connecting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.9));

        var failure = await Assert.ThrowsAsync<SandboxException>(() => connecting.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.Equal(SandboxErrorId.EngineNotFound, failure.ErrorId);
        Assert.Contains("no connection within 1.5 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_accepts_and_never_answers_is_given_up_within_five_seconds()
    {
        await using var engine = FakeEngine.Start();
        engine.Hang("GET /version");

        var (failure, elapsed) = await FailAsync(new DockerBackendFactory(), engine.Host);

        Assert.Equal(SandboxErrorId.EngineNotResponding, failure.ErrorId);
        Assert.InRange(elapsed, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_socket_that_may_not_be_used_is_told_with_the_remedy()
    {
        // As root no file mode denies anything: the refusal of the kernel is what is simulated, all above it is real.
        var factory = new DockerBackendFactory(
            new EngineEnvironment(_ => null, _folder, false), (_, _) => Task.FromException<Socket>(new SocketException((int)SocketError.AccessDenied)));

        foreach (var endpoint in new[] { "unix:///var/run/docker.sock", null })
        {
            var (failure, _) = await FailAsync(factory, endpoint);

            Assert.Equal(SandboxErrorId.EngineAccessDenied, failure.ErrorId);
            Assert.Equal(SandboxErrorCategory.PermissionDenied, failure.Category);
            Assert.Contains("usermod -aG docker", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_engine_that_may_be_used_is_found_behind_one_that_may_not()
    {
        await using var engine = FakeEngine.Start();
        var path = engine.Host["unix://".Length..];
        var factory = new DockerBackendFactory(new EngineEnvironment(_ => null, _folder, false), (endpoint, token) =>
            endpoint.SocketPath == "/var/run/docker.sock"
                ? Task.FromException<Socket>(new SocketException((int)SocketError.AccessDenied))
                : EngineSocket.ConnectAsync(new EngineEndpoint(new Uri("unix://" + path), endpoint.Origin), token));

        await using var backend = await factory.ConnectAsync(null, TimeProvider.System, CancellationToken.None);

        Assert.Contains("GET /version", engine.Requests);
    }

    [Theory]
    [InlineData("1.40", "1.12", SandboxErrorId.EngineTooOld)]
    [InlineData("1.9", "1.1", SandboxErrorId.EngineTooOld)]
    [InlineData("nonsense", "1.12", SandboxErrorId.EngineNotFound)]
    public async Task An_engine_that_is_too_old_or_none_is_refused(string newest, string oldest, string errorId)
    {
        await using var engine = Speaking(newest, oldest);

        Assert.Equal(errorId, (await FailAsync(new DockerBackendFactory(), engine.Host)).Failure.ErrorId);
    }

    [Theory]
    [InlineData("1.41", "1.12", "1.41")]
    [InlineData("1.60", "1.44", "1.51")]
    [InlineData("1.70", "1.60", "1.60")]
    public async Task The_version_to_speak_is_agreed_on(string newest, string oldest, string agreed)
    {
        await using var engine = Speaking(newest, oldest);
        engine.Answer("GET /info", FakeEngine.Json("{}"));

        await using var backend = await new DockerBackendFactory().ConnectAsync(engine.Host, TimeProvider.System, CancellationToken.None);

        Assert.Equal(agreed, (await backend.ProbeAsync(CancellationToken.None)).Engine.ApiVersion);
    }

    [Fact]
    public async Task A_web_server_is_no_engine()
    {
        await using var engine = FakeEngine.Start();
        engine.Answer("GET /version", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>");

        Assert.Equal(SandboxErrorId.EngineNotFound, (await FailAsync(new DockerBackendFactory(), engine.Host)).Failure.ErrorId);
    }

    [Fact]
    public async Task Connecting_can_be_cancelled()
    {
        await using var engine = FakeEngine.Start();
        engine.Hang("GET /version");
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var clock = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new DockerBackendFactory().ConnectAsync(engine.Host, TimeProvider.System, cancel.Token));

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1));
    }

    private static FakeEngine Speaking(string newest, string oldest)
    {
        var engine = FakeEngine.Start();
        engine.Answer("GET /version", FakeEngine.Json($$"""{"Version":"9","ApiVersion":"{{newest}}","MinAPIVersion":"{{oldest}}"}"""));
        return engine;
    }

    private static async Task<(SandboxException Failure, TimeSpan Elapsed)> FailAsync(DockerBackendFactory factory, string? endpoint)
    {
        var clock = Stopwatch.StartNew();
        var failure = await Assert.ThrowsAsync<SandboxException>(() => factory.ConnectAsync(endpoint, TimeProvider.System, CancellationToken.None));
        return (failure, clock.Elapsed);
    }
}
