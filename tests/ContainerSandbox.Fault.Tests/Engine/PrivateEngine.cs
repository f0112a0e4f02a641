using System.Diagnostics;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Fault.Tests.Engine;

/// <summary>
/// An engine that belongs to the tests: it can be killed, frozen and started again. Whatever happens to the tests, a guard takes it
/// down: it waits for the end of its input, which comes with the end of this process too.
/// </summary>
internal sealed class PrivateEngine : IAsyncDisposable
{
    private static readonly TimeSpan StartTakes = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndTakes = TimeSpan.FromSeconds(90);
    private readonly string _folder;
    private readonly Process _guard;
    private Process? _daemon;
    private bool _frozen;

    private PrivateEngine(string folder)
    {
        _folder = folder;
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

    /// <summary>Its API, past everything that is tested.</summary>
    public EngineApi Api { get; }

    /// <summary>Starts one and waits until it answers.</summary>
    public static async Task<PrivateEngine> StartAsync()
    {
        if (Environment.UserName != "root" || !File.Exists("/usr/sbin/dockerd") && !File.Exists("/usr/bin/dockerd"))
            throw new InvalidOperationException("These tests kill and freeze a container engine of their own, and starting one needs root and dockerd. Run them as root where Docker is installed.");
        var engine = new PrivateEngine(Directory.CreateTempSubdirectory("cs-engine.").FullName);
        try
        {
            await engine.StartAgainAsync();
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it as a crash would.</summary>
    public async Task KillAsync()
    {
        _daemon!.Kill();
        await _daemon.WaitForExitAsync();
        _daemon.Dispose();
        _daemon = null;

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
                "sh", "-c", "log=$1; shift; exec setsid dockerd \"$@\" >>\"$log\" 2>&1 </dev/null", "dockerd", $"{_folder}/log",
                "--config-file", $"{_folder}/daemon.json", "--host", Host, "--pidfile", $"{_folder}/pid", "--data-root", $"{_folder}/data",
                "--exec-root", $"{_folder}/exec", "--bridge=none", "--iptables=false",
                "--containerd-namespace", name, "--containerd-plugins-namespace", $"{name}-plugins",
            ],
            guards: false);
        await File.WriteAllTextAsync(Path.Combine(_folder, "dockerd"), $"{_daemon.Id}\n");
        await Eventually.HoldsAsync("the engine answers", StartTakes, AnswersAsync);
    }

    /// <summary>Stops its process in the middle of whatever it does: it takes connections, and says nothing.</summary>
    public async Task FreezeAsync()
    {
        _frozen = true;
        await SignalAsync("STOP");
    }

    /// <summary>Lets it go on.</summary>
    public async Task ThawAsync()
    {
        await SignalAsync("CONT");
        _frozen = false;
    }

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

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_daemon!.Id}"]);
        await kill.WaitForExitAsync();
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
