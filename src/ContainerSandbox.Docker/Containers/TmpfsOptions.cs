using System.Globalization;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Docker.Containers;

/// <summary>Writes the mount options of a file system in memory.</summary>
internal static class TmpfsOptions
{
    /// <summary>Every option is given: the engine's own defaults are owned by root and not executable.</summary>
    public static string Format(TmpfsMount mount) => string.Create(
        CultureInfo.InvariantCulture,
        $"rw,nosuid,nodev,{(mount.Executable ? "exec" : "noexec")},size={mount.Size},nr_inodes={mount.Inodes},uid={mount.UserId},gid={mount.GroupId},mode={Convert.ToString(mount.Mode, 8)}");
}
