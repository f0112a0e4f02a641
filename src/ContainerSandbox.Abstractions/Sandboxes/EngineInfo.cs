namespace ContainerSandbox;

/// <summary>The container engine that a sandbox is connected to, as it described itself.</summary>
public sealed record EngineInfo
{
    /// <summary>The address that answered, for example <c>unix:///var/run/docker.sock</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Docker or Podman.</summary>
    public required string Product { get; init; }

    /// <summary>The engine's own version.</summary>
    public required string Version { get; init; }

    /// <summary>The API version that was agreed with the engine.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Operating system and version of the engine's machine.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>Processor architecture of the engine's machine, for example <c>x86_64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Processors of the engine's machine.</summary>
    public required int ProcessorCount { get; init; }

    /// <summary>Memory of the engine's machine in bytes.</summary>
    public required long TotalMemory { get; init; }

    /// <summary>Version of control groups: 1 or 2.</summary>
    public required string CgroupVersion { get; init; }

    /// <summary>Driver of control groups: cgroupfs or systemd.</summary>
    public required string CgroupDriver { get; init; }

    /// <summary>Storage driver, for example overlay2.</summary>
    public required string StorageDriver { get; init; }

    /// <summary>True when system calls are filtered.</summary>
    public required bool Seccomp { get; init; }

    /// <summary>True when the engine runs without root.</summary>
    public required bool Rootless { get; init; }

    /// <summary>True when the engine maps container users to others on its machine.</summary>
    public required bool UserNamespaces { get; init; }

    /// <summary>Names of the container runtimes, joined with a comma.</summary>
    public required string Runtimes { get; init; }

    /// <summary>Limits that this engine cannot enforce, joined with a comma; empty when it enforces all.</summary>
    public required string UnenforcedLimits { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Product} {Version} ({Endpoint})";
}
