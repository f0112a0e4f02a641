namespace ContainerSandbox;

/// <summary>What is opened of containers that are closed otherwise. What is null takes the sandbox's value, and stays closed where that is null too.</summary>
public sealed record SandboxOpeners
{
    /// <summary>None, Isolated, or the name of a network that exists; case does not count in the first two.</summary>
    public string? Network { get; init; }

    /// <summary>False leaves the image's own files read-only.</summary>
    public bool? WritableRoot { get; init; }

    /// <summary>The number of the agent's user in every container; null gives each a number of its own. 0 or more, never 65534.</summary>
    public long? User { get; init; }

    /// <summary>Capabilities that processes may get, by their names without CAP_, joined with a comma.</summary>
    public string? AddCapability { get; init; }

    /// <summary>True lets programs gain rights that their caller does not have.</summary>
    public bool? AllowNewPrivileges { get; init; }

    /// <summary>True lets programs run from /tmp.</summary>
    public bool? AllowExecInTmp { get; init; }

    /// <summary>File that holds a seccomp profile for use in place of the module's own.</summary>
    public string? SeccompProfile { get; init; }

    /// <summary>The container runtime, by the engine's name for it; null is the engine's default.</summary>
    public string? Runtime { get; init; }

    /// <summary>These where they were given, else others.</summary>
    /// <param name="others">The others.</param>
    public SandboxOpeners Over(SandboxOpeners others) => new()
    {
        Network = Network ?? others.Network,
        WritableRoot = WritableRoot ?? others.WritableRoot,
        User = User ?? others.User,
        AddCapability = AddCapability ?? others.AddCapability,
        AllowNewPrivileges = AllowNewPrivileges ?? others.AllowNewPrivileges,
        AllowExecInTmp = AllowExecInTmp ?? others.AllowExecInTmp,
        SeccompProfile = SeccompProfile ?? others.SeccompProfile,
        Runtime = Runtime ?? others.Runtime,
    };
}
