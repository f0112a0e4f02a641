using ContainerSandbox.Docker.Tests.Hardening;
using ContainerSandbox.Engine.Sandboxes;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Trouble;

/// <summary>Makes the sandboxes that tests make trouble for, and removes them.</summary>
public sealed class TroubleFixture : IAsyncLifetime
{
    private readonly List<Sandbox> _sandboxes = [];

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>A sandbox with so many containers ready.</summary>
    internal async Task<Sandbox> OpenAsync(DockerFixture engine, int warmup = 1)
    {
        var sandbox = await Sandboxes.InitializeAsync(new SandboxOptions
        {
            Name = $"trouble-{_sandboxes.Count}",
            Image = engine.Busybox,
            Optimization = new StartupOptimization { WarmupContainers = warmup },
            SecurityProfilePath = Repository.SecurityProfile,
            Endpoint = engine.Engine.Host,
        });
        _sandboxes.Add(sandbox);
        return sandbox;
    }

    public async Task DisposeAsync()
    {
        foreach (var sandbox in _sandboxes)
            await sandbox.RemoveAsync(TimeSpan.Zero, Quiet.Observer, CancellationToken.None);
    }
}
