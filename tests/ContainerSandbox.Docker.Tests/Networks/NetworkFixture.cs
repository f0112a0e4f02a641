using System.Text.Json;
using ContainerSandbox.Docker.Tests.Hardening;
using ContainerSandbox.Engine.Sandboxes;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Networks;

/// <summary>An engine with bridges and a firewall, and room for four networks.</summary>
public sealed class NetworkFixture : IAsyncLifetime
{
    private readonly ProbeProgram _program = new();
    private PrivateEngine? _engine;

    internal PrivateEngine Engine => _engine!;

    internal EngineApi Api => _engine!.Api;

    internal string Image { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await _program.CompileAsync();
        _engine = await PrivateEngine.StartWithNetworksAsync("--default-address-pool", "base=10.213.0.0/22,size=24");
        Image = await MakeImageAsync(_engine);
    }

    public async Task DisposeAsync()
    {
        if (_engine is not null)
            await _engine.DisposeAsync();
        _program.Remove();
    }

    /// <summary>Makes the probe's image on an engine.</summary>
    internal Task<string> MakeImageAsync(PrivateEngine engine) => new TestImages(engine.Api).ImportAsync("probe", _program.Image());

    /// <summary>A sandbox on the network that is given.</summary>
    internal Task<Sandbox> InitializeAsync(string? network, int warmup = 1, params TemplateOptions[] templates) =>
        InitializeOnAsync(Engine, Image, network, warmup, templates);

    /// <summary>A sandbox on whatever engine.</summary>
    internal static Task<Sandbox> InitializeOnAsync(PrivateEngine engine, string image, string? network, int warmup = 1, params TemplateOptions[] templates) =>
        Sandboxes.InitializeAsync(new SandboxOptions
        {
            Name = $"networks-{Guid.NewGuid():n}",
            Image = image,
            Endpoint = engine.Host,
            SecurityProfilePath = Repository.SecurityProfile,
            Openers = new SandboxOpeners { Network = network },
            Optimization = new StartupOptimization { WarmupContainers = warmup },
            Templates = templates,
        });

    /// <summary>The networks that sandboxes made, by name.</summary>
    internal static async Task<IReadOnlyList<string>> OwnNetworksAsync(EngineApi api) =>
        [.. (await api.GetAsync("networks")).EnumerateArray().Select(network => network.GetProperty("Name").GetString()!).Where(name => name.StartsWith("cs-", StringComparison.Ordinal))];

    /// <summary>Makes a network as its users do, and gives the address of the engine's machine on it.</summary>
    internal async Task<string> MakeNetworkAsync(string name)
    {
        await Api.PostAsync("networks/create", JsonSerializer.Serialize(new Dictionary<string, object> { ["Name"] = name, ["Driver"] = "bridge" }));
        var made = await Api.GetAsync($"networks/{name}");
        return made.GetProperty("IPAM").GetProperty("Config")[0].GetProperty("Gateway").GetString()!;
    }
}
