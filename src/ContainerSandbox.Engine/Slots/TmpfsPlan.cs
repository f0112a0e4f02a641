using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Slots;

/// <summary>
/// How the file systems of a container share its memory. They count as its memory, and filling them would end everything in it, so
/// together they take half: a sixteenth each for /tmp, the home and /dev/shm, five for the workspace, of which up to four go to
/// the image's volumes where it declares any.
/// </summary>
internal static class TmpfsPlan
{
    private const int Parts = 16;
    private const long BytesPerInode = 4096;

    /// <summary>The least memory for which a claim may use a slot made for <paramref name="slotMemory"/>: its file systems stay within three quarters.</summary>
    public static bool Fits(long slotMemory, long claimMemory) => slotMemory / 2 <= claimMemory / 4 * 3;

    /// <summary>The mounts of a container.</summary>
    public static IReadOnlyList<TmpfsMount> Mounts(long memory, SlotIdentity identity, IReadOnlyList<string> volumes, bool isTemporaryExecutable = false)
    {
        var part = memory / Parts;
        var own = volumes.Select(Normalize).Where(path => !IsOurs(path)).Distinct().ToArray();
        var forVolumes = Math.Min(own.Length, 4) * part;
        return
        [
            Mount(SlotPaths.Temporary, part, identity.UserId, identity.SharedGroupId, 0b001_111_111_111, isTemporaryExecutable),
            Mount(SlotPaths.Home, part, identity.UserId, identity.SharedGroupId, 0b010_111_111_000, executable: true),
            Mount(SlotPaths.Workspace, (5 * part) - forVolumes, identity.UserId, identity.SharedGroupId, 0b010_111_111_000, executable: true),
            Mount(SlotPaths.SharedMemory, part, 0, 0, 0b001_111_111_111, executable: false),
            .. own.Select(path => Mount(
                path, forVolumes / own.Length, identity.UserId, identity.SharedGroupId, 0b010_111_111_000, executable: false)),
        ];
    }

    private static TmpfsMount Mount(string path, long size, long userId, long groupId, int mode, bool executable)
    {
        var pages = Math.Max(1, size / BytesPerInode);
        return new TmpfsMount(path, pages * BytesPerInode, pages, userId, groupId, mode, executable);
    }

    private static string Normalize(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."))
        {
            if (part != "..")
                parts.Add(part);
            else if (parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
        }

        return "/" + string.Join('/', parts);
    }

    private static bool IsOurs(string path) =>
        path is "/" or SlotPaths.Temporary or SlotPaths.Home or SlotPaths.Workspace or SlotPaths.SharedMemory;
}
