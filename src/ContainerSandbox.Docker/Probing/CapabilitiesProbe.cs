using System.Globalization;
using ContainerSandbox.Docker.Calls;
using ContainerSandbox.Docker.Connecting;
using ContainerSandbox.Engine.Backends;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Probing;

/// <summary>Asks the engine what it is and what it can do.</summary>
internal sealed class CapabilitiesProbe(
    IDockerClient client, EngineCall call, EngineEndpoint endpoint, VersionResponse version, Version agreed, UnenforcedLimits unenforced)
{
    // The kernel's last user id stands for "no change", and engines take signed numbers.
    private const long LastUserId = int.MaxValue - 1;

    // Mapped ranges are 65536 long by default; the last two ids are nobody's and the lease's own.
    private const long LastMappedUserId = 65533;

    /// <summary>Asks.</summary>
    public async Task<BackendCapabilities> ProbeAsync(CancellationToken cancellationToken)
    {
        var info = await InfoAsync(cancellationToken).ConfigureAwait(false);
        var rootless = HasOption(info, "rootless");
        var mapped = rootless || HasOption(info, "userns");
        var engine = new EngineInfo
        {
            Endpoint = endpoint.ToString(),
            Product = IsPodman(version) ? "Podman" : "Docker",
            Version = info.ServerVersion,
            ApiVersion = agreed.ToString(),
            OperatingSystem = info.OperatingSystem,
            Architecture = info.Architecture,
            ProcessorCount = (int)info.NCPU,
            TotalMemory = info.MemTotal,
            CgroupVersion = info.CgroupVersion ?? "1",
            CgroupDriver = info.CgroupDriver,
            StorageDriver = info.Driver,
            Seccomp = HasOption(info, "seccomp"),
            Rootless = rootless,
            UserNamespaces = mapped,
            Runtimes = string.Join(", ", (info.Runtimes ?? new Dictionary<string, RuntimeWithStatus>()).Keys.Order(StringComparer.Ordinal)),
            UnenforcedLimits = unenforced.Describe(info),
        };
        return new BackendCapabilities(engine, 1, mapped ? LastMappedUserId : LastUserId);
    }

    /// <summary>Asks what only matters when something is wrong.</summary>
    public async Task<BackendFacts> DescribeAsync(CancellationToken cancellationToken)
    {
        var info = await InfoAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset? time = DateTimeOffset.TryParse(info.SystemTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
        var warnings = (info.Warnings ?? []).Select(EngineText.Shorten).ToArray();
        return new BackendFacts(time, info.Name ?? "", info.DockerRootDir ?? "", warnings, endpoint is { Certificates: null, Uri: { Scheme: "tcp", IsLoopback: false } });
    }

    private Task<SystemInfoResponse> InfoAsync(CancellationToken cancellationToken) =>
        call.RunAsync(EngineRequest.Question("describe itself"), client.System.GetSystemInfoAsync, cancellationToken);

    /// <summary>True when Podman answered.</summary>
    public static bool IsPodman(VersionResponse version) =>
        version.Components?.Any(component => component.Name.Contains("Podman", StringComparison.OrdinalIgnoreCase)) == true;

    // Options look like name=seccomp,profile=default.
    private static bool HasOption(SystemInfoResponse info, string name) =>
        info.SecurityOptions?.Any(option => option.Split(',').Contains("name=" + name)) == true;
}
