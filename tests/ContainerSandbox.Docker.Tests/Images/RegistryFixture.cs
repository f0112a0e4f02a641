using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Images;

/// <summary>A registry that wants a user and a password, with an image in it.</summary>
public sealed class RegistryFixture : IAsyncLifetime
{
    private EngineApi? _engine;
    private LocalRegistry? _registry;
    private TestImages? _images;

    internal LocalRegistry Registry => _registry!;

    /// <summary>An image that only that registry has.</summary>
    internal string Image { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _engine = await EngineApi.FromEnvironmentAsync();
        _images = new TestImages(_engine);
        _registry = await LocalRegistry.StartAsync(asks: true);
        Image = await _registry.PublishAsync(_engine, _images, RootFolder.Common().Busybox());
    }

    public async Task DisposeAsync()
    {
        if (_images is not null)
            await _images.RemoveAllAsync();
        _engine?.Dispose();
        if (_registry is not null)
            await _registry.DisposeAsync();
    }
}
