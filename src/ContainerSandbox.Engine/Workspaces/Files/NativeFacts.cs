using System.Runtime.InteropServices;

namespace ContainerSandbox.Engine.Workspaces.Files;

/// <summary>What <c>statx</c> tells: the one description of a file whose form is the same on every machine.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct NativeFacts
{
    [FieldOffset(8)]
    public ulong Attributes;

    [FieldOffset(16)]
    public uint Links;

    [FieldOffset(20)]
    public uint UserId;

    [FieldOffset(24)]
    public uint GroupId;

    [FieldOffset(28)]
    public ushort Mode;

    [FieldOffset(32)]
    public ulong Inode;

    [FieldOffset(48)]
    public ulong Blocks;

    [FieldOffset(136)]
    public uint DeviceMajor;

    [FieldOffset(140)]
    public uint DeviceMinor;
}
