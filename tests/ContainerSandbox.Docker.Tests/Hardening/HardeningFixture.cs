using ContainerSandbox.Engine.Sandboxes;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>A sandbox as users get it, on an image that carries the probe, with one environment for the checks that change nothing.</summary>
public sealed class HardeningFixture : IAsyncLifetime
{
    private readonly ProbeProgram _program = new();
    private readonly List<Sandbox> _sandboxes = [];

    private EngineApi? _engine;
    private TestImages? _images;
    private string? _image;
    private AgentEnvironment? _environment;

    internal EngineApi Engine => _engine!;

    internal Sandbox Sandbox => _sandboxes[0];

    internal AgentEnvironment Environment => _environment!;

    public async Task InitializeAsync()
    {
        await _program.CompileAsync();
        _engine = await EngineApi.FromEnvironmentAsync();
        _images = new TestImages(_engine);
        _image = await MakeImageAsync("probe");
        var sandbox = await InitializeSandboxAsync(_image, Repository.SecurityProfile);
        _environment = await sandbox.ClaimAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var sandbox in _sandboxes)
            await sandbox.RemoveAsync(TimeSpan.Zero, Quiet.Observer, CancellationToken.None);
        if (_images is not null)
            await _images.RemoveAllAsync();
        _engine?.Dispose();
        _program.Remove();
    }

    /// <summary>Makes an image that carries the probe; <paramref name="changes"/> are lines of a Dockerfile.</summary>
    internal Task<string> MakeImageAsync(string name, params string[] changes) => _images!.ImportAsync(name, _program.Image(), changes);

    /// <summary>A sandbox on the probe's image under another profile.</summary>
    internal Task<Sandbox> InitializeUnderAsync(string securityProfile) => InitializeSandboxAsync(_image!, securityProfile);

    /// <summary>A sandbox whose agents work in a folder of this machine.</summary>
    internal Task<Sandbox> InitializeInAsync(string workspace) => InitializeSandboxAsync(_image!, Repository.SecurityProfile, workspace: workspace);

    /// <summary>A sandbox with all defaults on another image.</summary>
    internal Task<Sandbox> InitializeOnAsync(string image) => InitializeSandboxAsync(image, Repository.SecurityProfile);

    /// <summary>A sandbox on the probe's image of which something is opened.</summary>
    internal Task<Sandbox> InitializeOpenAsync(SandboxOpeners openers) => InitializeSandboxAsync(_image!, Repository.SecurityProfile, openers);

    /// <summary>Runs a check in the shared environment and returns its line.</summary>
    internal Task<string> ProbeAsync(string check) => Sandbox.ProbeAsync(Environment, check);

    /// <summary>Runs a check on the machine itself.</summary>
    internal Task<string> ProbeOutsideAsync(string check) => _program.RunOutsideAsync(check);

    private async Task<Sandbox> InitializeSandboxAsync(string image, string securityProfile, SandboxOpeners? openers = null, string? workspace = null)
    {
        var options = new SandboxOptions
        {
            Name = $"hardening-{_sandboxes.Count}",
            Image = image,
            Endpoint = Engine.Host,
            SecurityProfilePath = securityProfile,
            Openers = openers ?? new SandboxOpeners(),
            Workspace = workspace,
            Optimization = new StartupOptimization { WarmupContainers = workspace is null ? 1 : 2 },
        };
        var sandbox = await Sandboxes.InitializeAsync(options);
        _sandboxes.Add(sandbox);
        return sandbox;
    }
}
