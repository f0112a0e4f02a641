using System.Diagnostics;

namespace ContainerSandbox.Testing;

/// <summary>
/// An engine that belongs to the tests: it can be killed, frozen and started again. Whatever happens to the tests, a guard takes it
/// down: it waits for the end of its input, which comes with the end of this process too.
/// </summary>
internal sealed class PrivateEngine : IAsyncDisposable
{
    private static readonly TimeSpan StartTakes = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndTakes = TimeSpan.FromSeconds(90);
    private static readonly string[] WithoutNetworks = ["--bridge=none", "--iptables=false"];
    private readonly string _folder;
    private readonly string[] _options;
    private readonly Process _guard;
    private Process? _daemon;
    private readonly string[] _apart;
    private bool _frozen;

    private PrivateEngine(string folder, string[] apart, string[] options)
    {
        _folder = folder;
        _apart = apart;
        _options = options;
        Host = $"unix://{folder}/docker.sock";
        Api = new EngineApi(Host);
        File.WriteAllText(Path.Combine(folder, "owner"), $"{Environment.ProcessId} {StartTime()}\n");
        File.WriteAllText(Path.Combine(folder, "daemon.json"), "{}");
        _guard = Start(
            ["setsid", "bash", "-c", "cd \"$0\" && . tools/common.sh && . tools/engine.sh && cat >/dev/null; remove_engine \"$1\"", Repository.Root, folder],
            guards: true);
    }

    /// <summary>Its address.</summary>
    public string Host { get; }

    /// <summary>The process of its daemon.</summary>
    public int ProcessId => _daemon!.Id;

    /// <summary>Its API, past everything that is tested.</summary>
    public EngineApi Api { get; }

    /// <summary>Where it keeps everything.</summary>
    public string DataFolder => Path.Combine(_folder, "data");

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="options">More options for the daemon.</param>
    public static Task<PrivateEngine> StartAsync(params string[] options) => StartAsync(_ => Task.CompletedTask, [], [.. WithoutNetworks, .. options]);

    /// <summary>
    /// Starts one that makes networks, in a network namespace of its own: bridges and firewall rules of other engines are not there, and
    /// its own go with it.
    /// </summary>
    /// <param name="options">More options for the daemon.</param>
    public static Task<PrivateEngine> StartWithNetworksAsync(params string[] options) => StartAsync(
        _ => Task.CompletedTask, ["unshare", "--net"], ["--bridge=none", .. options]);

    /// <summary>Starts one whose data has no more room than that.</summary>
    public static Task<PrivateEngine> StartOnSmallDiskAsync(int megabytes) => StartAsync(async engine =>
    {
        // Unmounted by the guard; the device goes with the mount.
        var image = Path.Combine(engine._folder, "disk");
        using (var file = File.Create(image))
            file.SetLength(megabytes * 1024L * 1024);
        Directory.CreateDirectory(engine.DataFolder);
        await RunAsync("mkfs.ext4", "-q", "-m", "0", image);
        await RunAsync("mount", "-o", "loop", image, engine.DataFolder);
    }, [], WithoutNetworks);

    /// <summary>Ends it as an update would.</summary>
    public Task StopAsync() => EndAsync("TERM");

    /// <summary>Ends it as a crash would.</summary>
    public async Task KillAsync()
    {
        await EndAsync("KILL");

        // Its containerd dies with it. Where nobody reaps that, the next start would take it for one that lives.
        var record = Path.Combine(_folder, "exec", "containerd", "containerd.pid");
        var process = (await File.ReadAllTextAsync(record)).Trim();
        await Eventually.HoldsAsync("containerd ended", StartTakes, () => Task.FromResult(!Lives(process)));
        File.Delete(record);
        File.Delete(Path.Combine(_folder, "pid"));
    }

    /// <summary>Starts it after its end and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        var name = Path.GetFileName(_folder);
        _daemon = Start(
            [
                "sh", "-c", "log=$1; shift; exec setsid \"$@\" >>\"$log\" 2>&1 </dev/null", "dockerd", $"{_folder}/log", .. _apart, "dockerd",
                "--config-file", $"{_folder}/daemon.json", "--host", Host, "--pidfile", $"{_folder}/pid", "--data-root", DataFolder,
                "--exec-root", $"{_folder}/exec",
                "--containerd-namespace", name, "--containerd-plugins-namespace", $"{name}-plugins", .. _options,
            ],
            guards: false);
        await File.WriteAllTextAsync(Path.Combine(_folder, "dockerd"), $"{_daemon.Id}\n");
        await Eventually.HoldsAsync("the engine answers", StartTakes, AnswersAsync);
    }

    /// <summary>Stops its process in the middle of whatever it does: it takes connections, and says nothing.</summary>
    public async Task FreezeAsync()
    {
        _frozen = true;
        await SignalAsync(_daemon!.Id, "STOP");
    }

    /// <summary>Lets it go on.</summary>
    public async Task ThawAsync()
    {
        await SignalAsync(_daemon!.Id, "CONT");
        _frozen = false;
    }

    /// <summary>The process that stands between the engine and a container; null when there is none.</summary>
    public static int? ShimOf(string containerId) => Process.GetProcesses().FirstOrDefault(process => IsShim(process.Id, containerId))?.Id;

    /// <summary>Stops and continues any process of the engine.</summary>
    public static Task SignalAsync(int process, string signal) => RunAsync("kill", $"-{signal}", $"{process}");

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (_frozen)
            await ThawAsync();
        _guard.StandardInput.Close();
        using var deadline = new CancellationTokenSource(EndTakes);
        await _guard.WaitForExitAsync(deadline.Token);
        _guard.Dispose();
        _daemon?.Dispose();
    }

    private static async Task<PrivateEngine> StartAsync(Func<PrivateEngine, Task> prepare, string[] apart, string[] options)
    {
        if (Environment.UserName != "root" || !File.Exists("/usr/sbin/dockerd") && !File.Exists("/usr/bin/dockerd"))
            throw new InvalidOperationException("These tests kill and freeze a container engine of their own, and starting one needs root and dockerd. Run them as root where Docker is installed.");
        var engine = new PrivateEngine(Directory.CreateTempSubdirectory("cs-engine.").FullName, apart, options);
        try
        {
            await prepare(engine);
            await engine.StartAgainAsync();
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    private async Task EndAsync(string signal)
    {
        await SignalAsync(_daemon!.Id, signal);
        await _daemon.WaitForExitAsync();
        _daemon.Dispose();
        _daemon = null;
    }

    private static Process Start(string[] command, bool guards) => Process.Start(
        new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = guards })!;

    private static bool Lives(string process)
    {
        try
        {
            return !File.ReadLines($"/proc/{process}/status").Any(line => line.StartsWith("State:\tZ", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return false;
        }
    }

    // What follows the name of the program, which may hold spaces.
    private static string StartTime()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
    }

    private static bool IsShim(int process, string containerId)
    {
        try
        {
            var command = File.ReadAllText($"/proc/{process}/cmdline");
            return command.Contains("containerd-shim", StringComparison.Ordinal) && command.Contains(containerId, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private async Task<bool> AnswersAsync()
    {
        if (_daemon!.HasExited)
            throw new InvalidOperationException($"The engine ended: {string.Join('\n', (await File.ReadAllLinesAsync($"{_folder}/log")).TakeLast(15))}");
        try
        {
            await Api.GetAsync("containers/json");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
