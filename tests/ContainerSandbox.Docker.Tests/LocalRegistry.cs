using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests;

/// <summary>A registry of its own on this machine (Debian package <c>docker-registry</c>).</summary>
internal sealed class LocalRegistry : IAsyncDisposable
{
    private const string Program = "/usr/bin/docker-registry";
    private readonly Process _process;
    private readonly string _folder;

    private LocalRegistry(Process process, string folder, string address)
    {
        _process = process;
        _folder = folder;
        Address = address;
    }

    /// <summary>Host and port, as they begin the name of an image.</summary>
    public string Address { get; }

    public static async Task<LocalRegistry> StartAsync()
    {
        if (!File.Exists(Program))
            throw new InvalidOperationException($"These tests pull from a registry and {Program} is missing. Install it: `apt-get install docker-registry`.");
        var folder = Directory.CreateTempSubdirectory("cs-registry-").FullName;
        var address = $"127.0.0.1:{FreePort()}";
        var configuration = Path.Combine(folder, "config.yml");
        await File.WriteAllTextAsync(
            configuration,
            $"version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n    rootdirectory: {folder}/data\nhttp:\n  addr: {address}\n");
        var process = Process.Start(new ProcessStartInfo(Program, ["serve", configuration]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var registry = new LocalRegistry(process, folder, address);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await Eventually.HoldsAsync("the registry answers", TimeSpan.FromSeconds(15), async () =>
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://{address}/v2/"));
                return answer.StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return process.HasExited ? throw new InvalidOperationException($"The registry ended with {process.ExitCode}.") : false;
            }
        });
        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
