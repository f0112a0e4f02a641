using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Podman;

/// <summary>Podman, with a service of its own.</summary>
public sealed class PodmanFixture : DockerFixture
{
    private PodmanService? _service;

    public override bool IsPodman => true;

    protected override int RegistryPort { get; } = LocalRegistry.FreePort();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_service is not null)
            await _service.DisposeAsync();
    }

    private protected override async Task<EngineApi> OpenAsync()
    {
        _service = await PodmanService.StartAsync(RegistryPort);
        return _service.Api;
    }

    // It imports no health checks.
    private protected override Task<string> MakeHostileAsync() => Images.HostileAsync(checksHealth: false);
}
