using System.Text.Json;
using ContainerSandbox.Docker.Tests.Contract;
using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests;

/// <summary>The engine that DOCKER_HOST names, with images and a registry made for this run and removed after it.</summary>
public class DockerFixture : IBackendFixture, IAsyncLifetime
{
    private EngineApi? _engine;
    private TestImages? _images;
    private LocalRegistry? _registry;
    private ISandboxBackend? _backend;

    public EngineApi Engine => _engine!;

    public TestImages Images => _images!;

    public ISandboxBackend Backend => _backend!;

    public string RunLabel => $"containersandbox-test.run={Images.Run}";

    public string Busybox { get; private set; } = string.Empty;

    public string Dash { get; private set; } = string.Empty;

    public string Bash { get; private set; } = string.Empty;

    public string WithoutShell { get; private set; } = string.Empty;

    public string DanglingShell { get; private set; } = string.Empty;

    public string Hostile { get; private set; } = string.Empty;

    public virtual bool IsPodman => false;

    /// <summary>Where its registry listens; 0 for any port.</summary>
    protected virtual int RegistryPort => 0;

    public virtual async Task InitializeAsync()
    {
        _engine = await OpenAsync();
        _images = new TestImages(_engine);
        _backend = await ConnectAsync();
        Busybox = await _images.BusyboxAsync();
        Dash = await _images.DashAsync();
        Bash = await _images.BashAsync();
        WithoutShell = await _images.WithoutShellAsync();
        DanglingShell = await _images.WithDanglingShellAsync();
        Hostile = await MakeHostileAsync();
    }

    public virtual async Task DisposeAsync()
    {
        if (_backend is not null)
            await _backend.DisposeAsync();
        if (_engine is not null && _images is not null)
        {
            foreach (var id in await _engine.ContainersAsync(RunLabel))
                await _engine.DeleteAsync($"containers/{id}?force=1&v=1");
            await _images.RemoveAllAsync();
        }

        if (_registry is not null)
            await _registry.DisposeAsync();
        _engine?.Dispose();
    }

    /// <summary>Finds the engine, or starts one.</summary>
    private protected virtual Task<EngineApi> OpenAsync() => EngineApi.FromEnvironmentAsync();

    /// <summary>Makes the image that wants to decide everything itself.</summary>
    private protected virtual Task<string> MakeHostileAsync() => Images.HostileAsync();

    /// <summary>Connects to it.</summary>
    private protected virtual Task<ISandboxBackend> ConnectAsync() =>
        new DockerBackendFactory().ConnectAsync(Engine.Host, TimeProvider.System, CancellationToken.None);

    public async Task<string> PublishAsync()
    {
        _registry ??= await LocalRegistry.StartAsync(port: RegistryPort);
        return await _registry.PublishAsync(Engine, Images, RootFolder.Common().Busybox());
    }

    public async Task<string> TagAsync(string image)
    {
        var (repository, tag) = ("containersandbox-test/tagged", Guid.NewGuid().ToString("N"));
        await Engine.PostAsync($"images/{image}/tag?repo={Uri.EscapeDataString(repository)}&tag={tag}");
        Images.Adopt($"{repository}:{tag}");
        return $"{repository}:{tag}";
    }

    public Task PauseAsync(string containerId) => Engine.PostAsync($"containers/{containerId}/pause");

    public async Task<string> MakeUnstartedAsync(string name)
    {
        var label = RunLabel.Split('=');
        var request = new { Image = Busybox, Cmd = new[] { "/bin/true" }, Labels = new Dictionary<string, string> { [label[0]] = label[1] } };
        var made = await Engine.PostAsync($"containers/create?name={name}", JsonSerializer.Serialize(request));
        return made.GetProperty("Id").GetString()!;
    }

    public async Task<ContainerView> InspectAsync(string containerId)
    {
        var container = await Engine.GetAsync($"containers/{containerId}/json");
        var config = container.GetProperty("Config");
        var arguments = container.GetProperty("Args").EnumerateArray().Select(argument => argument.GetString()!);
        string[] command = [container.GetProperty("Path").GetString()!, .. arguments];

        // Podman shows its init program as well, before what it starts.
        if (command[0].EndsWith("-init", StringComparison.Ordinal))
            command = [.. command.SkipWhile(argument => argument != "--").Skip(1)];
        return new ContainerView(
            config.GetProperty("User").GetString()!,
            command,
            container.GetProperty("Mounts").EnumerateArray().Count(mount => mount.GetProperty("Type").GetString() != "tmpfs"),
            container.GetProperty("State").TryGetProperty("Health", out var health) && health.ValueKind == JsonValueKind.Object
                && health.GetProperty("Status").GetString() is not ("none" or ""),
            container.GetProperty("HostConfig").GetProperty("LogConfig").GetProperty("Type").GetString() != "none",
            config.TryGetProperty("StopSignal", out var signal) ? signal.ToString() is "9" ? "SIGKILL" : signal.ToString() : string.Empty);
    }

    public Task<IReadOnlyList<string>> ContainersAsync(string label) => Engine.ContainersAsync(label);
}
