namespace ContainerSandbox.Engine.Openers;

/// <summary>The capabilities that the kernel knows, by their names without CAP_.</summary>
public static class LinuxCapabilities
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "AUDIT_CONTROL", "AUDIT_READ", "AUDIT_WRITE", "BLOCK_SUSPEND", "BPF", "CHECKPOINT_RESTORE", "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH",
        "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE", "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN",
        "NET_BIND_SERVICE", "NET_BROADCAST", "NET_RAW", "PERFMON", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYSLOG", "SYS_ADMIN", "SYS_BOOT",
        "SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "WAKE_ALARM",
    ];

    // With these a process signals or traces the main process, becomes its user, or gets at it through the kernel.
    private static readonly HashSet<string> OverTheLease =
        ["BPF", "CHECKPOINT_RESTORE", "DAC_READ_SEARCH", "KILL", "PERFMON", "SETUID", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO"];

    /// <summary>The name of a capability as it is written here; null when the kernel knows none of that name.</summary>
    /// <param name="name">Its name in any case, with or without CAP_.</param>
    public static string? Find(string name)
    {
        var plain = name.Trim().ToUpperInvariant();
        plain = plain.StartsWith("CAP_", StringComparison.Ordinal) ? plain[4..] : plain;
        return Names.Contains(plain) ? plain : null;
    }

    /// <summary>The names in a list that is joined with commas, as they are written here; null when one is unknown or there is none.</summary>
    /// <param name="list">The list.</param>
    public static IReadOnlyList<string>? Read(string list)
    {
        string?[] names = [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Find)];
        return names.Length == 0 || names.Contains(null) ? null : [.. names.Select(name => name!).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>True when a process with it can outlive its owner.</summary>
    internal static bool BreaksLease(string name) => OverTheLease.Contains(name);
}
