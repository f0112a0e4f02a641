using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>What a fake engine says of itself and how it compares labels.</summary>
internal static class FakeEngine
{
    public static EngineInfo Info { get; } = new()
    {
        Endpoint = "fake://",
        Product = "Fake",
        Version = "1.0",
        ApiVersion = "1.0",
        OperatingSystem = "linux",
        Architecture = "x86_64",
        ProcessorCount = 2,
        TotalMemory = 1L << 33,
        CgroupVersion = "2",
        CgroupDriver = "systemd",
        StorageDriver = "overlay2",
        Seccomp = true,
        Rootless = false,
        UserNamespaces = false,
        Runtimes = "runc",
        UnenforcedLimits = "",
    };

    public static bool Matches(IReadOnlyDictionary<string, string> labels, string label)
    {
        var parts = label.Split('=', 2);
        return labels.TryGetValue(parts[0], out var value) && (parts.Length == 1 || value == parts[1]);
    }

    public static ContainerSpec Spec(string name, IReadOnlyDictionary<string, string> labels) => new()
    {
        Name = name,
        ImageId = "sha256:1",
        MainProcess = ["/bin/sh"],
        UserId = 65534,
        GroupId = 65534,
        SharedGroupId = 1,
        EnvironmentVariables = new Dictionary<string, string>(),
        WorkingDirectory = "/",
        Labels = labels,
        Limits = new ResourceLimits(1L << 29, 1, 256),
        TmpfsMounts = [],
        SharedMemoryPages = 1,
        OpenFilesLimit = 1024,
        UserProcessesLimit = 4096,
        SecurityProfile = "{}",
    };
}
