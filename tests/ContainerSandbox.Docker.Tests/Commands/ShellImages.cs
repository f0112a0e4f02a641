using ContainerSandbox.Docker.Tests.Hardening;
using ContainerSandbox.Engine.Sandboxes;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Commands;

/// <summary>One sandbox for each shell that the session loop must run in, made when a test first asks for it.</summary>
public sealed class ShellImages : IAsyncLifetime
{
    public const string Busybox = "busybox ash";
    public const string Dash = "dash";
    public const string Bash = "bash";

    private readonly Dictionary<string, Sandbox> _sandboxes = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cs-forge-");

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>An environment of its own in a container whose <c>/bin/sh</c> is the shell.</summary>
    internal async Task<(Sandbox Sandbox, AgentEnvironment Environment)> ClaimAsync(DockerFixture engine, string shell, ClaimRequest? request = null)
    {
        if (!_sandboxes.TryGetValue(shell, out var sandbox))
        {
            var image = shell switch { Dash => engine.Dash, Bash => engine.Bash, _ => await ForgeImageAsync(engine) };
            sandbox = await Sandboxes.InitializeAsync(new SandboxOptions
            {
                Name = shell,
                Image = image,
                Optimization = new StartupOptimization { WarmupContainers = 1 },
                SecurityProfilePath = Repository.SecurityProfile,
                Endpoint = engine.Engine.Host,
            });
            _sandboxes.Add(shell, sandbox);
        }

        return (sandbox, await sandbox.ClaimAsync(request ?? new ClaimRequest(), Quiet.Observer, CancellationToken.None));
    }

    public async Task DisposeAsync()
    {
        foreach (var sandbox in _sandboxes.Values)
            await sandbox.RemoveAsync(TimeSpan.Zero, Quiet.Observer, CancellationToken.None);
        _folder.Delete(recursive: true);
    }

    private async Task<string> ForgeImageAsync(DockerFixture engine)
    {
        var forge = Path.Combine(_folder.FullName, "forge");
        await Tool.RunAsync("gcc", ["-static", "-O1", "-o", forge, Path.Combine(Repository.Root, "tests", "forge", "forge.c")], null);
        return await engine.Images.ImportAsync("forge", RootFolder.Common().Busybox().Copy(forge, "forge"));
    }
}
