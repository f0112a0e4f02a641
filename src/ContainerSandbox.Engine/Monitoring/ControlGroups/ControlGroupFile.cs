using Microsoft.Win32.SafeHandles;

namespace ContainerSandbox.Engine.Monitoring.ControlGroups;

/// <summary>A file of the kernel that is kept open and read again and again from its beginning.</summary>
internal sealed class ControlGroupFile : IDisposable
{
    /// <summary>More than any of the files that are read holds.</summary>
    public const int Longest = 16 * 1024;

    private readonly SafeFileHandle _handle;

    private ControlGroupFile(SafeFileHandle handle) => _handle = handle;

    /// <summary>Opens a file; null where the kernel has none of that name, as some controllers and versions have not.</summary>
    /// <exception cref="IOException">It cannot be opened for another reason.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static ControlGroupFile? Open(string? path)
    {
        if (path is null || !File.Exists(path))
            return null;
        try
        {
            return new ControlGroupFile(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Reads it.</summary>
    /// <param name="buffer">Room for what it holds.</param>
    /// <exception cref="IOException">It went away with its group.</exception>
    public ReadOnlySpan<byte> Read(Span<byte> buffer)
    {
        var length = 0;
        while (length < buffer.Length && RandomAccess.Read(_handle, buffer[length..], length) is > 0 and var more)
            length += more;
        return buffer[..length];
    }

    public void Dispose() => _handle.Dispose();
}
