using System.Diagnostics;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Podman;

/// <summary>
/// Podman's service (Debian packages <c>podman</c>, <c>runc</c>, <c>catatonit</c>) with a socket and stores of its own. Whatever happens to the tests,
/// it ends with them: its guard waits for the end of its input.
/// </summary>
internal sealed class PodmanService : IAsyncDisposable
{
    private static readonly string[] Programs = ["/usr/bin/podman", "/usr/sbin/runc", "/usr/bin/catatonit"];
    private static readonly TimeSpan StartTakes = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndTakes = TimeSpan.FromSeconds(90);

    // Containers of a service that is killed run on: they are removed first. Names without a registry are those of images that are there,
    // as with Docker: by default they are the hub's. And what watched over a
    // command that ended stays for 5 minutes by default.
    private const string Guard = """
        cd "$0"
        printf '[engine]\ncompat_api_enforce_docker_hub=false\nexit_command_delay=1\n' >containers.conf
        printf '[[registry]]\nlocation="127.0.0.1:%s"\ninsecure=true\n' "$1" >registries.conf
        export CONTAINERS_CONF=$0/containers.conf CONTAINERS_REGISTRIES_CONF=$0/registries.conf
        podman=(podman --root "$0/root" --runroot "$0/run" --tmpdir "$0/tmp" --runtime /usr/sbin/runc --cgroup-manager cgroupfs --storage-driver overlay --events-backend file)
        "${podman[@]}" system service --time=0 "unix://$0/podman.sock" >log 2>&1 </dev/null &
        cat >/dev/null
        "${podman[@]}" rm --all --force --time 0 >>log 2>&1
        kill $!
        wait
        for process in /proc/[0-9]*; do
          [ "$(cat "$process/comm" 2>/dev/null)" != conmon ] || ! grep -qsF -- "$0/" "$process/cmdline" || kill -KILL "${process#/proc/}"
        done
        umount --lazy "$0/root/overlay" 2>/dev/null
        rm -rf --one-file-system "$0"
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("cs-podman.").FullName;
    private readonly Process _guard;

    private PodmanService(int registryPort)
    {
        Host = $"unix://{_folder}/podman.sock";
        Api = new EngineApi(Host);
        _guard = Process.Start(new ProcessStartInfo("setsid", ["bash", "-c", Guard, _folder, $"{registryPort}"]) { RedirectStandardInput = true })!;
    }

    /// <summary>Its address.</summary>
    public string Host { get; }

    /// <summary>Its API, past everything that is tested.</summary>
    public EngineApi Api { get; }

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="registryPort">Where on this machine a registry may be without TLS.</param>
    public static async Task<PodmanService> StartAsync(int registryPort)
    {
        if (Environment.UserName != "root" || !Programs.All(File.Exists))
            throw new InvalidOperationException("These tests start Podman, which needs root and Debian's packages podman, runc and catatonit. Run them as root: `apt-get install podman runc catatonit`.");
        var service = new PodmanService(registryPort);
        try
        {
            await Eventually.HoldsAsync("Podman answers", StartTakes, service.AnswersAsync);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        _guard.StandardInput.Close();
        using var deadline = new CancellationTokenSource(EndTakes);
        await _guard.WaitForExitAsync(deadline.Token);
        _guard.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await Api.GetAsync("version");
            return true;
        }
        catch (HttpRequestException)
        {
            return _guard.HasExited ? throw new InvalidOperationException("Podman ended.") : false;
        }
    }
}
