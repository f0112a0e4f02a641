namespace ContainerSandbox.Engine.Backends;

/// <summary>
/// A container to be made: everything that matters is here, nothing is left to the image or to an engine's defaults. What a backend
/// adds unless it is told otherwise: all capabilities dropped, no new privileges, private process, IPC, host name and control group namespaces, no network,
/// an init as process 1, stop signal KILL, no log, no health check, no restart, removed by the engine itself once it ended. Its main
/// process lives on the lease: it reads its standard input, which the backend holds open, and ends with it.
/// </summary>
public sealed record ContainerSpec
{
    /// <summary>Its name, which nobody else uses.</summary>
    public required string Name { get; init; }

    /// <summary>Identity of its image.</summary>
    public required string ImageId { get; init; }

    /// <summary>The main process, which ends when its standard input does.</summary>
    public required IReadOnlyList<string> MainProcess { get; init; }

    /// <summary>User of the main process.</summary>
    public required long UserId { get; init; }

    /// <summary>Group of the main process.</summary>
    public required long GroupId { get; init; }

    /// <summary>A group that every process of the container belongs to as well.</summary>
    public required long SharedGroupId { get; init; }

    /// <summary>Variables over those of the image.</summary>
    public required IReadOnlyDictionary<string, string> EnvironmentVariables { get; init; }

    /// <summary>Where processes start.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Its labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Its limits.</summary>
    public required ResourceLimits Limits { get; init; }

    /// <summary>The places in memory that can be written; all but these and bound folders are read-only.</summary>
    public required IReadOnlyList<TmpfsMount> TmpfsMounts { get; init; }

    /// <summary>Folders of the engine's machine that can be written too.</summary>
    public IReadOnlyList<BindMount> BindMounts { get; init; } = [];

    /// <summary>Pages that shared memory segments may take in all.</summary>
    public required long SharedMemoryPages { get; init; }

    /// <summary>Files that a process may hold open.</summary>
    public required int OpenFilesLimit { get; init; }

    /// <summary>Processes that one user may have.</summary>
    public required int UserProcessesLimit { get; init; }

    /// <summary>The seccomp profile, as JSON.</summary>
    public required string SecurityProfile { get; init; }

    /// <summary>True: the image's own files can be written too.</summary>
    public bool WritableRoot { get; init; }

    /// <summary>Capabilities that are not dropped, by their names without CAP_.</summary>
    public IReadOnlyList<string> AddedCapabilities { get; init; } = [];

    /// <summary>True: programs may gain rights that their caller does not have.</summary>
    public bool AllowNewPrivileges { get; init; }

    /// <summary>The network that it joins, by name or id; null is none but the loopback.</summary>
    public string? Network { get; init; }

    /// <summary>The container runtime; null is the engine's default.</summary>
    public string? Runtime { get; init; }
}
