using System.Diagnostics;
using ContainerSandbox.Docker.Connecting;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Docker.Tests.Images;

/// <summary>The docker command line's folder of a user, with helpers on a PATH of its own.</summary>
internal sealed class DockerFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cs-docker-").FullName;

    /// <summary>Writes the configuration.</summary>
    public void Configure(string json) => File.WriteAllText(Path.Combine(_folder, "config.json"), json);

    /// <summary>Puts a helper on the PATH: what it says is a shell script.</summary>
    public void AddHelper(string name, string script)
    {
        // Another process writes it: one that this process starts meanwhile would inherit the open file, and what is open to be written cannot be run.
        using var writer = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "cat >\"$0\" && chmod 700 \"$0\"", PathOf("docker-credential-" + name)]) { RedirectStandardInput = true })!;
        writer.StandardInput.Write("#!/bin/sh\n" + script);
        writer.StandardInput.Close();
        writer.WaitForExit();
    }

    /// <summary>What a helper left behind.</summary>
    public string Read(string name) => File.ReadAllText(PathOf(name));

    /// <summary>A file of the folder, for a helper's script.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    public Task<ISandboxBackend> ConnectAsync(string host)
    {
        var environment = new EngineEnvironment(name => name is "DOCKER_CONFIG" or "PATH" ? _folder : null, _folder, false);
        return new DockerBackendFactory(environment, EngineSocket.ConnectAsync).ConnectAsync(host, TimeProvider.System, CancellationToken.None);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
