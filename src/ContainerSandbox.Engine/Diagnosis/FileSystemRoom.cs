using System.Runtime.InteropServices;
using System.Text;

namespace ContainerSandbox.Engine.Diagnosis;

/// <summary>How much a file system holds, and how much of that is free.</summary>
internal readonly record struct FileSystemRoom(double Bytes, double FreeBytes, double Files, double FreeFiles)
{
    /// <summary>That of the file system with a folder; null where that cannot be asked.</summary>
    public static FileSystemRoom? Of(string folder)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
            return null;
        return StatVfs(Encoding.UTF8.GetBytes(folder + '\0'), out var found) == 0 && found.Blocks > 0
            ? new FileSystemRoom((double)found.Blocks * found.FragmentSize, (double)found.Available * found.FragmentSize, found.Files, found.FreeFiles)
            : null;
    }

    [DllImport("libc", EntryPoint = "statvfs")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatVfs(byte[] path, out Answer answer);

    // The layout of 64-bit Linux, in all its C libraries.
    [StructLayout(LayoutKind.Sequential)]
    private struct Answer
    {
        public ulong BlockSize;
        public ulong FragmentSize;
        public ulong Blocks;
        public ulong Free;
        public ulong Available;
        public ulong Files;
        public ulong FreeFiles;
        public ulong AvailableFiles;
        private readonly ulong _id;
        private readonly ulong _flags;
        private readonly ulong _longestName;
        private readonly ulong _spare1;
        private readonly ulong _spare2;
        private readonly ulong _spare3;
    }
}
