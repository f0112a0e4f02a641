namespace ContainerSandbox.Engine.Backends;

/// <summary>A file system in memory; setuid bits and device files have no effect in it.</summary>
/// <param name="Path">Where it is mounted.</param>
/// <param name="Size">Bytes that it holds at most.</param>
/// <param name="Inodes">Files that it holds at most.</param>
/// <param name="UserId">Owner of its root.</param>
/// <param name="GroupId">Group of its root.</param>
/// <param name="Mode">Permissions of its root.</param>
/// <param name="Executable">True when programs may be run from it.</param>
public sealed record TmpfsMount(string Path, long Size, long Inodes, long UserId, long GroupId, int Mode, bool Executable);
