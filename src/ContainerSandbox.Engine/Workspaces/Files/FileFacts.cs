namespace ContainerSandbox.Engine.Workspaces.Files;

/// <summary>What a file is, itself: of a link, the link.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">Its permissions, with the bits for set-id and sticky.</param>
/// <param name="UserId">Its owner.</param>
/// <param name="GroupId">Its group.</param>
/// <param name="Links">Names that it has.</param>
/// <param name="Identity">What no other file has while it exists.</param>
/// <param name="BytesOnDisk">The room that it takes.</param>
/// <param name="IsMountPoint">True for the root of another mount, as far as the kernel tells.</param>
internal sealed record FileFacts(
    FileKind Kind, uint Mode, long UserId, long GroupId, long Links, (ulong Device, ulong Inode) Identity, long BytesOnDisk, bool IsMountPoint)
{
    private const uint KindBits = 0xF000;
    private const ulong MountRoot = 0x2000;
    private const int BytesPerBlock = 512;

    /// <summary>Reads what the kernel told.</summary>
    public static FileFacts From(in NativeFacts facts) => new(
        (facts.Mode & KindBits) switch
        {
            0x4000 => FileKind.Folder,
            0x8000 => FileKind.File,
            0xA000 => FileKind.Link,
            _ => FileKind.Special,
        },
        (uint)facts.Mode & 0xFFF,
        facts.UserId,
        facts.GroupId,
        facts.Links,
        (((ulong)facts.DeviceMajor << 32) | facts.DeviceMinor, facts.Inode),
        (long)facts.Blocks * BytesPerBlock,
        (facts.Attributes & MountRoot) != 0);
}
