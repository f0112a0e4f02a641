using ContainerSandbox.Docker.Connecting;
using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Tls;

/// <summary>An engine of its own that is reached over TCP with TLS, and wants to know who asks.</summary>
public sealed class TlsFixture : DockerFixture
{
    private const string Address = "127.0.0.1";
    private PrivateEngine? _engine;
    private int _port;

    /// <summary>Makes the certificates that are believed.</summary>
    internal TestAuthority Authority { get; } = new("authority");

    /// <summary>Where it is.</summary>
    internal string Host => $"tcp://{Address}:{_port}";

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_engine is not null)
            await _engine.DisposeAsync();
        Authority.Dispose();
    }

    /// <summary>Connects with the certificates of a folder, as DOCKER_TLS_VERIFY and DOCKER_CERT_PATH say it.</summary>
    internal static Task<ISandboxBackend> ConnectAsync(string host, string certificates, ConnectSocket? connect = null)
    {
        var variables = new Dictionary<string, string> { ["DOCKER_TLS_VERIFY"] = "1", ["DOCKER_CERT_PATH"] = certificates };
        return new DockerBackendFactory(new EngineEnvironment(variables.GetValueOrDefault, certificates, false), connect ?? EngineSocket.ConnectAsync)
            .ConnectAsync(host, TimeProvider.System, CancellationToken.None);
    }

    private protected override async Task<EngineApi> OpenAsync()
    {
        _port = LocalRegistry.FreePort();
        var certificates = Authority.Make(Address);
        _engine = await PrivateEngine.StartAsync(
            "--host", Host, "--tlsverify", "--tlscacert", $"{certificates}/ca.pem", "--tlscert", $"{certificates}/cert.pem", "--tlskey", $"{certificates}/key.pem");
        return _engine.Api;
    }

    private protected override Task<ISandboxBackend> ConnectAsync() => ConnectAsync(Host, Authority.Make("somebody"));
}
