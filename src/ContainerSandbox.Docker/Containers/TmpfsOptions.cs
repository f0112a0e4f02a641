using System.Globalization;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Docker.Containers;

/// <summary>Writes the mount options of a file system in memory.</summary>
internal static class TmpfsOptions
{
    /// <summary>Every option is given: the engine's own defaults are owned by root and not executable.</summary>
    public static string Format(TmpfsMount mount) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Basic(mount)},nr_inodes={mount.Inodes},uid={mount.UserId},gid={mount.GroupId}");

    /// <summary>Without what Podman refuses.</summary>
    public static string FormatWithoutOwner(TmpfsMount mount) => Basic(mount);

    private static string Basic(TmpfsMount mount) => string.Create(
        CultureInfo.InvariantCulture,
        $"rw,nosuid,nodev,{(mount.Executable ? "exec" : "noexec")},size={mount.Size},mode={Convert.ToString(mount.Mode, 8)}");
}
