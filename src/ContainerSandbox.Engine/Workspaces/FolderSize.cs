using ContainerSandbox.Engine.Workspaces.Files;

namespace ContainerSandbox.Engine.Workspaces;

/// <summary>Adds up what a folder takes on its disk, without following links and without going on for ever.</summary>
internal sealed class FolderSize(CancellationToken cancellationToken)
{
    private const int MostEntries = 100_000;

    // Each level holds a folder open.
    private const int Deepest = 64;

    private int _entries;

    /// <summary>Bytes on the disk, as far as it was looked at.</summary>
    public long Bytes { get; private set; }

    /// <summary>False where there was too much to look at all of it: then it takes more than that.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Adds a folder.</summary>
    public void Add(Folder folder) => Add(folder, 0);

    private void Add(Folder folder, int depth)
    {
        foreach (var name in folder.List(MostEntries - _entries))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (folder.Find(name) is not { } facts)
                continue;
            Bytes += facts.BytesOnDisk;
            if (++_entries >= MostEntries)
                IsWhole = false;
            if (facts is not { Kind: FileKind.Folder, IsMountPoint: false } || !IsWhole)
                continue;
            if (depth == Deepest)
                IsWhole = false;
            else
                AddInner(folder, name, depth);
        }
    }

    // What the agent removes or closes meanwhile takes nothing that could be told.
    private void AddInner(Folder folder, FileName name, int depth)
    {
        try
        {
            using var inner = folder.OpenFolder(name);
            Add(inner, depth + 1);
        }
        catch (FileCallException)
        {
            IsWhole &= folder.Find(name) is null;
        }
    }
}
