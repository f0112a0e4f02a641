using System.Globalization;
using Docker.DotNet.Models;

namespace ContainerSandbox.Benchmarks.Raw;

/// <summary>The very container that the module makes, read back from the engine, for the other side of a comparison.</summary>
internal sealed class HardenedTemplate
{
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly ContainerConfig config;
    private readonly HostConfig host;

    public HardenedTemplate(ContainerInspectResponse original)
    {
        config = original.Config ?? throw new InvalidOperationException("The engine tells no configuration.");
        host = original.HostConfig ?? throw new InvalidOperationException("The engine tells no host configuration.");
    }

    public CreateContainerParameters Parameters => new(config)
    {
        Labels = new Dictionary<string, string> { [RawEngine.Label] = "1" },
        Hostname = "",
        HostConfig = host,
    };

    /// <summary>The same as arguments of <c>docker run</c>.</summary>
    public IReadOnlyList<string> RunArguments(params string[] command) =>
    [
        "run", "--rm", "--init", "--read-only", "--label", $"{RawEngine.Label}=1",
        "--network", "none", "--ipc", "private", "--cgroupns", "private", "--log-driver", "none",
        "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--security-opt", $"seccomp={Repository.SecurityProfile}",
        "--user", config.User, "--workdir", config.WorkingDir,
        "--memory", Number(host.Memory), "--memory-swap", Number(host.MemorySwap),
        "--cpus", (host.NanoCPUs / 1e9).ToString(CultureInfo.InvariantCulture), "--pids-limit", Number(host.PidsLimit ?? -1),
        .. (host.GroupAdd ?? []).SelectMany(group => Pair("--group-add", group)),
        .. (host.Tmpfs ?? Nothing).SelectMany(mount => Pair("--tmpfs", $"{mount.Key}:{mount.Value}")),
        .. (host.Sysctls ?? Nothing).SelectMany(setting => Pair("--sysctl", $"{setting.Key}={setting.Value}")),
        .. (host.Ulimits ?? []).SelectMany(limit => Pair("--ulimit", $"{limit.Name}={limit.Soft}:{limit.Hard}")),
        .. config.Env.SelectMany(variable => Pair("--env", variable)),
        config.Image,
        .. command,
    ];

    private static string[] Pair(string option, string value) => [option, value];

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
