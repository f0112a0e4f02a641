using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ContainerSandbox.Engine.Workspaces.Files;

/// <summary>
/// The calls of Linux that take a name relative to an open folder. .NET's own take paths, which lead through links that somebody may put
/// there meanwhile.
/// </summary>
internal static partial class NativeCalls
{
    public const int DoNotFollow = 0x100;
    public const int RemoveFolder = 0x200;
    public const int EmptyPath = 0x1000;

    public const int OpenReadOnly = 0;
    public const int OpenWriteOnly = 1;
    public const int OpenCreate = 0x40;
    public const int OpenExclusive = 0x80;
    public const int OpenNonBlocking = 0x800;
    public const int OpenCloseOnExec = 0x80000;
    public const int OpenPath = 0x200000;

    public const int LockExclusive = 2;
    public const int LockNonBlocking = 4;

    public const int NoReplace = 1;
    public const uint BasicFacts = 0x7ff;

    private const string Library = "libc";
    private static readonly bool Arm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    public static int OpenFolder => Arm ? 0x4000 : 0x10000;

    public static int OpenNoFollow => Arm ? 0x8000 : 0x20000;

    /// <summary>Renames and fails where the new name is taken. Not every library wraps this call.</summary>
    public static long RenameNoReplace(SafeFileHandle fromFolder, byte[] from, SafeFileHandle toFolder, byte[] to) =>
        SystemCall(Arm ? 276 : 316, fromFolder, from, toFolder, to, NoReplace);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true)]
    public static partial SafeFileHandle Open(byte[] path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "openat", SetLastError = true)]
    public static partial SafeFileHandle OpenAt(SafeFileHandle folder, byte[] name, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "mkdirat", SetLastError = true)]
    public static partial int MakeFolderAt(SafeFileHandle folder, byte[] name, uint mode);

    [LibraryImport(Library, EntryPoint = "unlinkat", SetLastError = true)]
    public static partial int UnlinkAt(SafeFileHandle folder, byte[] name, int flags);

    [LibraryImport(Library, EntryPoint = "renameat", SetLastError = true)]
    public static partial int RenameAt(SafeFileHandle fromFolder, byte[] from, SafeFileHandle toFolder, byte[] to);

    [LibraryImport(Library, EntryPoint = "linkat", SetLastError = true)]
    public static partial int LinkAt(SafeFileHandle fromFolder, byte[] from, SafeFileHandle toFolder, byte[] to, int flags);

    [LibraryImport(Library, EntryPoint = "fchownat", SetLastError = true)]
    public static partial int ChangeOwnerAt(SafeFileHandle folder, byte[] name, uint userId, uint groupId, int flags);

    [LibraryImport(Library, EntryPoint = "fchmod", SetLastError = true)]
    public static partial int ChangeMode(SafeFileHandle file, uint mode);

    [LibraryImport(Library, EntryPoint = "chmod", SetLastError = true)]
    public static partial int ChangeMode(byte[] path, uint mode);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true)]
    public static partial int Facts(SafeFileHandle folder, byte[] name, int flags, uint mask, out NativeFacts facts);

    [LibraryImport(Library, EntryPoint = "fstatfs", SetLastError = true)]
    public static partial int FileSystem(SafeFileHandle file, [In, Out] long[] facts);

    [LibraryImport(Library, EntryPoint = "fdopendir", SetLastError = true)]
    public static partial nint BeginListing(int folder);

    [LibraryImport(Library, EntryPoint = "readdir", SetLastError = true)]
    public static partial nint NextListed(nint listing);

    [LibraryImport(Library, EntryPoint = "closedir", SetLastError = true)]
    public static partial int EndListing(nint listing);

    [LibraryImport(Library, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport(Library, EntryPoint = "getegid")]
    public static partial uint EffectiveGroup();

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial long SystemCall(long number, SafeFileHandle fromFolder, byte[] from, SafeFileHandle toFolder, byte[] to, long flags);
}
