using ContainerSandbox.Docker.Connecting;
using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Ssh;

/// <summary>An engine of its own that is reached through an ssh server on this machine.</summary>
public sealed class SshFixture : DockerFixture
{
    // After 30 s at most, on a machine that is busy.
    private static readonly TimeSpan SilenceIsFound = TimeSpan.FromMinutes(2);
    private PrivateEngine? _engine;
    private SshServer? _server;

    internal SshServer Server => _server!;

    /// <summary>Ends when a lease on a connection that fell silent was lost. It takes 30 s, which go by beside the other tests.</summary>
    internal Task Silence { get; private set; } = Task.CompletedTask;

    /// <summary>A client that knows the server and is known to it.</summary>
    internal Task<string> FriendAsync() => Server.ClientAsync(SshServer.Keys.Host, SshServer.Keys.User);

    /// <summary>The engine's address through a port of this machine.</summary>
    internal string Address(int port) => $"ssh://{Environment.UserName}@127.0.0.1:{port}{_engine!.Host["unix://".Length..]}";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Silence = FallSilentAsync();
    }

    public override async Task DisposeAsync()
    {
        await Silence.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        if (_engine is not null)
            await _engine.DisposeAsync();
    }

    /// <summary>Connects with the ssh that a folder holds.</summary>
    internal static Task<ISandboxBackend> ConnectAsync(string address, string client)
    {
        var variables = new Dictionary<string, string> { ["PATH"] = client };
        return new DockerBackendFactory(new EngineEnvironment(variables.GetValueOrDefault, client, false), EngineSocket.ConnectAsync)
            .ConnectAsync(address, TimeProvider.System, CancellationToken.None);
    }

    internal async Task<IContainerLease> StartAsync(ISandboxBackend backend)
    {
        var image = await backend.ResolveImageAsync(Busybox, CancellationToken.None);
        var run = RunLabel.Split('=');
        return await backend.StartContainerAsync(
            new ContainerSpec
            {
                Name = $"cs-ssh-{Guid.NewGuid():N}",
                ImageId = image!.Id,
                MainProcess = ["/bin/sh", "-c", "trap '' TERM INT HUP; while read -r _; do :; done"],
                UserId = 65534,
                GroupId = 65534,
                SharedGroupId = 1000_000,
                WorkingDirectory = "/",
                EnvironmentVariables = new Dictionary<string, string>(),
                Labels = new Dictionary<string, string> { [run[0]] = run[1] },
                Limits = new ResourceLimits(64 * 1024 * 1024, 0.5, 32),
                TmpfsMounts = [],
                SharedMemoryPages = 256,
                OpenFilesLimit = 512,
                UserProcessesLimit = 4096,
                SecurityProfile = """{"defaultAction":"SCMP_ACT_ALLOW"}""",
            },
            CancellationToken.None);
    }

    private protected override async Task<EngineApi> OpenAsync()
    {
        _engine = await PrivateEngine.StartAsync();
        _server = await SshServer.StartAsync();
        return _engine.Api;
    }

    private protected override async Task<ISandboxBackend> ConnectAsync() => await ConnectAsync(Address(Server.Port), await FriendAsync());

    private async Task FallSilentAsync()
    {
        await using var relay = new Relay(Server.Port);
        await using var backend = await ConnectAsync(Address(relay.Port), await FriendAsync());
        await using var lease = await StartAsync(backend);
        relay.Swallow();
        Assert.False(lease.Ended.IsCompleted);
        await lease.Ended.WaitAsync(SilenceIsFound);
    }
}
