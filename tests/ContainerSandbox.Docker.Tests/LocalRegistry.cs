using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests;

/// <summary>A registry of its own on this machine (Debian package <c>docker-registry</c>).</summary>
internal sealed class LocalRegistry : IAsyncDisposable
{
    private const string Program = "/usr/bin/docker-registry";

    // A hash of the password, made once with bcrypt, the only kind that the registry takes.
    private const string HashedPassword = "$2y$05$abcdefghijklmnopqrstuuZ0Fx87Pb/Aqb0E90lfvCwzXnaFKUHpS";
    private readonly Process _process;
    private readonly string _folder;

    private LocalRegistry(Process process, string folder, string address, bool asks)
    {
        Asks = asks;
        _process = process;
        _folder = folder;
        Address = address;
    }

    /// <summary>Host and port, as they begin the name of an image.</summary>
    public string Address { get; }

    /// <summary>The user that one which asks knows.</summary>
    public const string User = "somebody";

    /// <summary>That user's password.</summary>
    public const string Password = "correct-horse";

    /// <summary>True when it wants a user and a password.</summary>
    public bool Asks { get; }

    public static async Task<LocalRegistry> StartAsync(bool asks = false, int port = 0)
    {
        if (!File.Exists(Program))
            throw new InvalidOperationException($"These tests pull from a registry and {Program} is missing. Install it: `apt-get install docker-registry`.");
        var folder = Directory.CreateTempSubdirectory("cs-registry-").FullName;
        var address = $"127.0.0.1:{(port == 0 ? FreePort() : port)}";
        var configuration = Path.Combine(folder, "config.yml");
        await File.WriteAllTextAsync(
            configuration,
            $"version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n    rootdirectory: {folder}/data\nhttp:\n  addr: {address}\n"
            + (asks ? $"auth:\n  htpasswd:\n    realm: test\n    path: {folder}/users\n" : ""));
        await File.WriteAllTextAsync(Path.Combine(folder, "users"), $"{User}:{HashedPassword}\n");
        var process = Process.Start(new ProcessStartInfo(Program, ["serve", configuration]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var registry = new LocalRegistry(process, folder, address, asks);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await Eventually.HoldsAsync("the registry answers", TimeSpan.FromSeconds(15), async () =>
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://{address}/v2/"));
                return answer.StatusCode == (asks ? HttpStatusCode.Unauthorized : HttpStatusCode.OK);
            }
            catch (HttpRequestException)
            {
                return process.HasExited ? throw new InvalidOperationException($"The registry ended with {process.ExitCode}.") : false;
            }
        });
        return registry;
    }

    /// <summary>Puts an image into it that the engine does not have then, and gives the name to pull it by.</summary>
    /// <param name="engine">Makes the image and pushes it.</param>
    /// <param name="images">Cares for its removal.</param>
    /// <param name="root">Its files; something is added that no other image has.</param>
    public async Task<string> PublishAsync(EngineApi engine, TestImages images, RootFolder root)
    {
        var unique = Guid.NewGuid().ToString("N");
        var image = await images.ImportAsync("published", root.Text("unique", unique));
        var repository = $"{Address}/containersandbox-test/published";
        var name = $"{repository}:{unique}";
        await engine.PostAsync($"images/{image}/tag?repo={Uri.EscapeDataString(repository)}&tag={unique}");
        images.Adopt(name);
        using var nothing = new StringContent(string.Empty);
        var credentials = Asks ? $$"""{"username":"{{User}}","password":"{{Password}}"}""" : "{}";
        var answer = await engine.PostAsync(
            $"images/{repository}/push?tag={unique}", nothing, registryAuth: Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        if (answer.Contains("errorDetail", StringComparison.Ordinal))
            throw new InvalidOperationException($"The image could not be pushed: {answer}");
        await images.RemoveAsync(name);
        await images.RemoveAsync(image);
        return name;
    }

    /// <summary>Spoils the largest thing that it keeps: its length stays, its content does not.</summary>
    public void SpoilLargest()
    {
        var largest = Directory.EnumerateFiles(Path.Combine(_folder, "data"), "data", SearchOption.AllDirectories).MaxBy(file => new FileInfo(file).Length)!;
        using var content = File.OpenWrite(largest);
        content.Seek(content.Length / 2, SeekOrigin.Begin);
        content.Write(new byte[64]);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
