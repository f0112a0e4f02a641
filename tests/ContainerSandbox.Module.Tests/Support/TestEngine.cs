using System.Diagnostics;
using System.Globalization;

namespace ContainerSandbox.Module.Tests.Support;

/// <summary>The real container engine, seen past the module.</summary>
internal static class TestEngine
{
    /// <summary>Fails unless the environment names an engine and an image.</summary>
    public static void Require()
    {
        foreach (var name in new[] { "DOCKER_HOST", "CONTAINERSANDBOX_IMAGE" })
        {
            if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(name)))
            {
                throw new InvalidOperationException(
                    $"The environment variable {name} is not set. Run the tests with './build.sh test', or set DOCKER_HOST and CONTAINERSANDBOX_IMAGE.");
            }
        }
    }

    /// <summary>Names of the containers of a sandbox, by its id.</summary>
    public static Task<string[]> ContainersOfAsync(string sandboxId) => ListAsync($"label=containersandbox.sandbox={sandboxId}");

    /// <summary>Names of the containers of a sandbox, by its name.</summary>
    public static Task<string[]> ContainersOfNameAsync(string name) => ListAsync($"label=containersandbox.sandbox-name={name}");

    /// <summary>Names of the containers of a sandbox that run, by its name.</summary>
    public static Task<string[]> RunningOfNameAsync(string name) =>
        ListAsync($"label=containersandbox.sandbox-name={name}", "--filter", "status=running");

    public static Task KillAsync(string containerId) => DockerAsync("kill", containerId);

    public static Task PauseAsync(string containerId) => DockerAsync("pause", containerId);

    public static Task UnpauseAsync(string containerId) => DockerAsync("unpause", containerId);

    /// <summary>Makes a network that leads nowhere.</summary>
    public static Task CreateNetworkAsync(string name) => DockerAsync("network", "create", "--internal", name);

    public static Task RemoveNetworkAsync(string name) => DockerAsync("network", "rm", name);

    public static Task TagAsync(string image, string name) => DockerAsync("tag", image, name);

    /// <summary>Makes an image of a container, under a name that may stand for another one so far.</summary>
    public static Task CommitAsync(string containerId, string name) => DockerAsync("commit", containerId, name);

    public static Task RemoveImageAsync(string name) => DockerAsync("rmi", "--force", name);

    /// <summary>The identity of the image that a container was made from.</summary>
    public static async Task<string> ImageOfAsync(string containerId) =>
        (await DockerAsync("inspect", "--format", "{{.Image}}", containerId)).Trim();

    /// <summary>The memory of a container in bytes, as the docker command line shows it.</summary>
    public static async Task<double> MemoryAsync(string containerId)
    {
        var shown = (await DockerAsync("stats", "--no-stream", "--format", "{{.MemUsage}}", containerId)).Split(' ')[0];
        return double.Parse(shown[..^3], CultureInfo.InvariantCulture) * (shown[^3..] == "MiB" ? 1024 * 1024 : throw new InvalidOperationException(shown));
    }

    /// <summary>Waits until something holds, for a moment at most; false when it never did.</summary>
    public static async Task<bool> EventuallyAsync(Func<Task<bool>> holds, TimeSpan? patience = null)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(start) > (patience ?? TimeSpan.FromSeconds(20)))
                return false;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        return true;
    }

    private static async Task<string[]> ListAsync(string filter, params string[] more) =>
        (await DockerAsync(["ps", "--all", "--filter", filter, .. more, "--format", "{{.Names}}"]))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<string> DockerAsync(params string[] arguments)
    {
        Require();
        using var docker = Process.Start(new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = docker.StandardOutput.ReadToEndAsync();
        var error = await docker.StandardError.ReadToEndAsync();
        await docker.WaitForExitAsync();
        return docker.ExitCode == 0 ? await output : throw new InvalidOperationException($"docker {string.Join(' ', arguments)}: {error}");
    }
}
