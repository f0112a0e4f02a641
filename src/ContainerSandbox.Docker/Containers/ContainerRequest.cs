using System.Globalization;
using ContainerSandbox.Engine.Backends;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Containers;

/// <summary>Writes a container down in the engine's terms.</summary>
internal static class ContainerRequest
{
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>The request that makes a container.</summary>
    public static CreateContainerParameters Create(ContainerSpec spec) => new()
    {
        Name = spec.Name,
        Image = spec.ImageId,

        // With an entry point given, the image's own and its command do not apply.
        Entrypoint = [.. spec.MainProcess],
        Cmd = [],
        User = User(spec.UserId, spec.GroupId),
        Env = spec.EnvironmentVariables.Select(variable => $"{variable.Key}={variable.Value}").ToList(),
        WorkingDir = spec.WorkingDirectory,
        Labels = new Dictionary<string, string>(spec.Labels),
        StopSignal = "SIGKILL",
        Healthcheck = new HealthcheckConfig { Test = ["NONE"] },
        NetworkDisabled = spec.Network is null,

        // The lease: the engine closes the main process's input when the one client that is attached to it goes, however it goes.
        OpenStdin = true,
        StdinOnce = true,
        AttachStdin = true,
        HostConfig = Host(spec),
    };

    /// <summary>The request that changes limits.</summary>
    public static ContainerUpdateParameters Update(ResourceLimits limits) => new()
    {
        Memory = limits.Memory,
        MemorySwap = limits.Memory,
        NanoCPUs = NanoCpus(limits),
        PidsLimit = limits.PidsLimit,
    };

    /// <summary>A user and group, by number: names would be looked up in the image.</summary>
    public static string User(long userId, long groupId) => string.Create(CultureInfo.InvariantCulture, $"{userId}:{groupId}");

    private static HostConfig Host(ContainerSpec spec) => new()
    {
        Init = true,
        AutoRemove = true,
        RestartPolicy = new RestartPolicy { Name = RestartPolicyKind.No },
        LogConfig = new LogConfig { Type = "none", Config = new Dictionary<string, string>() },

        NetworkMode = spec.Network ?? "none",
        IpcMode = "private",
        CgroupnsMode = "private",
        CapDrop = ["ALL"],
        CapAdd = [.. spec.AddedCapabilities],
        SecurityOpt = [.. spec.AllowNewPrivileges ? (string[])[] : ["no-new-privileges"], "seccomp=" + spec.SecurityProfile],
        ReadonlyRootfs = !spec.WritableRoot,
        Runtime = spec.Runtime,
        GroupAdd = [spec.SharedGroupId.ToString(CultureInfo.InvariantCulture)],

        // A path that is in this map is neither made a volume for the image nor given the engine's own shared memory.
        Tmpfs = spec.TmpfsMounts.ToDictionary(mount => mount.Path, TmpfsOptions.Format),
        Mounts = spec.BindMounts.Select(Bind).ToList(),
        Memory = spec.Limits.Memory,
        MemorySwap = spec.Limits.Memory,
        NanoCPUs = NanoCpus(spec.Limits),
        PidsLimit = spec.Limits.PidsLimit,
        Sysctls = new Dictionary<string, string>
        {
            ["kernel.shmall"] = spec.SharedMemoryPages.ToString(CultureInfo.InvariantCulture),
        },
        Ulimits =
        [
            Limit("nofile", spec.OpenFilesLimit),
            Limit("nproc", spec.UserProcessesLimit),
            Limit("core", 0),
        ],
    };

    // In this form an engine refuses a folder that is not there; in the older one it makes it, as root.
    private static Mount Bind(BindMount mount) => new()
    {
        Type = "bind",
        Source = mount.Source,
        Target = mount.Path,
        BindOptions = new BindOptions { Propagation = "rprivate" },
    };

    private static long NanoCpus(ResourceLimits limits) => (long)Math.Round(limits.Cpu * NanosecondsPerSecond);

    private static Ulimit Limit(string name, long value) => new() { Name = name, Soft = value, Hard = value };
}
