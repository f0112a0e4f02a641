using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ContainerSandbox.Engine.Workspaces.Files;

/// <summary>
/// An open folder, and what can be done with the names in it. Nothing here follows a link, and the folder stays the same one whatever is
/// renamed or put in its place: whoever can write in it leads nobody elsewhere.
/// </summary>
internal sealed class Folder : IDisposable
{
    // A record of ours is some hundred bytes.
    private const int LongestFile = 64 * 1024;
    private const int NameOffset = 19;
    private static readonly byte[] Itself = [0];

    private readonly SafeFileHandle _handle;

    private Folder(SafeFileHandle handle) => _handle = handle;

    /// <summary>What it is.</summary>
    public FileFacts Facts => NativeCalls.Facts(_handle, Itself, NativeCalls.EmptyPath, NativeCalls.BasicFacts, out var facts) == 0
        ? FileFacts.From(facts)
        : throw FileCallException.Last("look at a folder");

    /// <summary>Where it is now.</summary>
    public string Path => new FileInfo($"/proc/self/fd/{_handle.DangerousGetHandle()}").LinkTarget ?? "";

    /// <summary>True on a file system that one machine at a time has: ext, XFS, Btrfs, F2FS, ZFS, overlay or memory.</summary>
    public bool IsOnThisMachine
    {
        get
        {
            var facts = new long[32];
            return NativeCalls.FileSystem(_handle, facts) == 0
                && facts[0] is 0xEF53 or 0x58465342 or 0x9123683E or 0xF2F52010 or 0x2FC12FC1 or 0x794C7630 or 0x01021994;
        }
    }

    /// <summary>Opens a folder by its path, whose last part is not followed.</summary>
    /// <exception cref="FileCallException">There is none, or it may not be read.</exception>
    public static Folder Open(string path)
    {
        FileName bytes = path;
        var handle = NativeCalls.Open(bytes.Terminated, FolderFlags, 0);
        return handle.IsInvalid ? throw Failed(handle, $"open '{path}'") : new Folder(handle);
    }

    /// <summary>Opens a folder in it.</summary>
    /// <exception cref="FileCallException">There is none, it is a link, or it may not be read.</exception>
    public Folder OpenFolder(FileName name)
    {
        var handle = NativeCalls.OpenAt(_handle, name.Terminated, FolderFlags, 0);
        return handle.IsInvalid ? throw Failed(handle, $"open '{name}'") : new Folder(handle);
    }

    /// <summary>What a name in it stands for; null when nothing has it.</summary>
    public FileFacts? Find(FileName name)
    {
        if (NativeCalls.Facts(_handle, name.Terminated, NativeCalls.DoNotFollow, NativeCalls.BasicFacts, out var facts) == 0)
            return FileFacts.From(facts);
        return Marshal.GetLastPInvokeError() == FileCallException.NotThere ? null : throw FileCallException.Last($"look at '{name}'");
    }

    /// <summary>The names in it, up to a number.</summary>
    public unsafe List<FileName> List(int most = int.MaxValue)
    {
        // A place of its own in the listing, whoever else lists the folder at this moment.
        FileName itself = ".";
        using var again = NativeCalls.OpenAt(_handle, itself.Terminated, FolderFlags, 0);
        var listing = again.IsInvalid ? 0 : NativeCalls.BeginListing((int)again.DangerousGetHandle());
        if (listing == 0)
            throw FileCallException.Last("list a folder");
        again.SetHandleAsInvalid();
        try
        {
            var names = new List<FileName>();
            while (names.Count < most && NativeCalls.NextListed(listing) is var entry and not 0)
            {
                var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)(entry + NameOffset));
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                    names.Add(FileName.From(name));
            }

            return names;
        }
        finally
        {
            _ = NativeCalls.EndListing(listing);
        }
    }

    /// <summary>Makes a folder in it; false when the name is taken.</summary>
    public bool MakeFolder(FileName name, uint mode) =>
        NativeCalls.MakeFolderAt(_handle, name.Terminated, mode) == 0 || IsExpected(FileCallException.Exists, $"make the folder '{name}'");

    /// <summary>Renames; a folder takes the place of an empty one, a file that of another.</summary>
    public void Move(FileName name, Folder to, FileName toName)
    {
        if (NativeCalls.RenameAt(_handle, name.Terminated, to._handle, toName.Terminated) != 0)
            throw FileCallException.Last($"move '{name}'");
    }

    /// <summary>Renames within or between folders, and never takes the place of something.</summary>
    public void MoveToFree(FileName name, Folder to, FileName toName)
    {
        if (NativeCalls.RenameNoReplace(_handle, name.Terminated, to._handle, toName.Terminated) == 0)
            return;
        if (Marshal.GetLastPInvokeError() is not (FileCallException.Invalid or FileCallException.NotImplemented))
            throw FileCallException.Last($"move '{name}'");

        // Not every file system can do this in one step.
        if (to.Find(toName) is not null)
            throw new FileCallException($"move '{name}'", FileCallException.Exists);
        Move(name, to, toName);
    }

    /// <summary>Removes whatever is no folder; false when nothing has the name.</summary>
    public bool Remove(FileName name) =>
        NativeCalls.UnlinkAt(_handle, name.Terminated, 0) == 0 || IsExpected(FileCallException.NotThere, $"remove '{name}'");

    /// <summary>Removes a folder; false when it is not empty. One that is gone is removed.</summary>
    public bool RemoveEmptyFolder(FileName name)
    {
        if (NativeCalls.UnlinkAt(_handle, name.Terminated, NativeCalls.RemoveFolder) == 0)
            return true;
        return Marshal.GetLastPInvokeError() switch
        {
            FileCallException.NotThere => true,
            FileCallException.NotEmpty or FileCallException.Exists => false,
            _ => throw FileCallException.Last($"remove the folder '{name}'"),
        };
    }

    /// <summary>Makes a file that was not there.</summary>
    /// <exception cref="FileCallException">Something has the name.</exception>
    public void Write(FileName name, ReadOnlySpan<byte> content, uint mode = 0x180)
    {
        const int Flags = NativeCalls.OpenWriteOnly | NativeCalls.OpenCreate | NativeCalls.OpenExclusive | NativeCalls.OpenCloseOnExec;
        using var file = NativeCalls.OpenAt(_handle, name.Terminated, Flags | NativeCalls.OpenNoFollow, mode);
        if (file.IsInvalid)
            throw FileCallException.Last($"write '{name}'");
        _ = NativeCalls.ChangeMode(file, mode);
        RandomAccess.Write(file, content, 0);
    }

    /// <summary>Reads a small file; null when there is none. What is no plain file is never opened for reading: it could hold the caller up.</summary>
    public byte[]? Read(FileName name)
    {
        if (Find(name) is not { Kind: FileKind.File })
            return null;
        const int Flags = NativeCalls.OpenReadOnly | NativeCalls.OpenNonBlocking | NativeCalls.OpenCloseOnExec;
        using var file = NativeCalls.OpenAt(_handle, name.Terminated, Flags | NativeCalls.OpenNoFollow, 0);
        if (file.IsInvalid)
            throw FileCallException.Last($"read '{name}'");
        var content = new byte[LongestFile];
        var length = 0;
        while (length < content.Length && RandomAccess.Read(file, content.AsSpan(length), length) is var count and > 0)
            length += count;
        return content[..length];
    }

    /// <summary>Gives a file of this folder another name as well; false when that is taken.</summary>
    public bool Link(FileName name, FileName other) =>
        NativeCalls.LinkAt(_handle, name.Terminated, _handle, other.Terminated, 0) == 0 || IsExpected(FileCallException.Exists, $"make '{other}'");

    /// <summary>
    /// Gives what root owns in it to somebody; a link itself, not what it leads to. A file with a second name stays as it is: that could be
    /// anywhere. What is looked at is what is given, whatever takes its name meanwhile.
    /// </summary>
    public void GiveIfRoots(FileName name, long userId, long groupId)
    {
        using var file = NativeCalls.OpenAt(
            _handle, name.Terminated, NativeCalls.OpenPath | NativeCalls.OpenNoFollow | NativeCalls.OpenCloseOnExec, 0);
        if (file.IsInvalid)
            throw FileCallException.Last($"look at '{name}'");
        using var itself = new Folder(file);
        if (itself.Facts is { UserId: 0 } facts && (facts.Kind == FileKind.Folder || facts.Links == 1))
            itself.Give(userId, groupId);
    }

    /// <summary>Gives the folder itself to somebody.</summary>
    public void Give(long userId, long groupId)
    {
        if (NativeCalls.ChangeOwnerAt(_handle, Itself, (uint)userId, (uint)groupId, NativeCalls.EmptyPath) != 0)
            throw FileCallException.Last("give a folder to another user");
    }

    /// <summary>Sets its permissions.</summary>
    public void SetMode(uint mode)
    {
        if (NativeCalls.ChangeMode(_handle, mode) != 0)
            throw FileCallException.Last("set the permissions of a folder");
    }

    /// <summary>Lets its owner list and change a folder in it that does not allow that.</summary>
    public void Unlock(FileName name)
    {
        const uint OwnersAll = 0x1C0;
        const int Flags = NativeCalls.OpenPath | NativeCalls.OpenCloseOnExec;
        using var folder = NativeCalls.OpenAt(_handle, name.Terminated, Flags | NativeCalls.OpenNoFollow | NativeCalls.OpenFolder, 0);
        if (folder.IsInvalid)
            throw FileCallException.Last($"look at '{name}'");
        FileName itself = $"/proc/self/fd/{folder.DangerousGetHandle()}";
        if (NativeCalls.ChangeMode(itself.Terminated, OwnersAll) != 0)
            throw FileCallException.Last($"set the permissions of '{name}'");
    }

    /// <summary>Takes the lock that one open folder has at a time, in whatever process; false when another has it.</summary>
    public bool TryLock() => NativeCalls.Lock(_handle, NativeCalls.LockExclusive | NativeCalls.LockNonBlocking) == 0;

    public void Dispose() => _handle.Dispose();

    private static int FolderFlags =>
        NativeCalls.OpenReadOnly | NativeCalls.OpenFolder | NativeCalls.OpenNoFollow | NativeCalls.OpenCloseOnExec;

    private static FileCallException Failed(SafeFileHandle handle, string what)
    {
        var failure = FileCallException.Last(what);
        handle.Dispose();
        return failure;
    }

    private static bool IsExpected(int number, string what) =>
        Marshal.GetLastPInvokeError() == number ? false : throw FileCallException.Last(what);
}
