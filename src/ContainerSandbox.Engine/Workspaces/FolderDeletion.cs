using ContainerSandbox.Engine.Workspaces.Files;

namespace ContainerSandbox.Engine.Workspaces;

/// <summary>Deletes a folder with all that an agent put into it, however deep, and nothing that it only leads to.</summary>
internal sealed class FolderDeletion(CancellationToken cancellationToken)
{
    // Each level holds a folder open. What is deeper is moved up and comes later.
    private const int Deepest = 64;

    /// <summary>Deletes.</summary>
    /// <exception cref="IOException">Something cannot be deleted; the rest may be gone.</exception>
    public void Delete(Folder parent, FileName name)
    {
        using (var folder = Open(parent, name))
        {
            while (!Empty(folder, folder, 0))
                cancellationToken.ThrowIfCancellationRequested();
        }

        if (!parent.RemoveEmptyFolder(name))
            throw new IOException($"'{name}' was written to while it was deleted");
    }

    // True when nothing was moved up.
    private bool Empty(Folder folder, Folder top, int depth)
    {
        var isDone = true;
        foreach (var name in folder.List())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (folder.Find(name) is not { } facts)
                continue;
            if (facts.IsMountPoint)
                throw new IOException($"something is mounted at '{folder.Path}/{name}'");
            if (facts.Kind != FileKind.Folder)
            {
                folder.Remove(name);
            }
            else if (depth == Deepest)
            {
                folder.MoveToFree(name, top, Guid.NewGuid().ToString("n"));
                isDone = false;
            }
            else
            {
                using (var inner = Open(folder, name))
                    isDone &= Empty(inner, top, depth + 1);
                folder.RemoveEmptyFolder(name);
            }
        }

        return isDone;
    }

    private static Folder Open(Folder parent, FileName name)
    {
        const uint OwnersAll = 0x1C0;
        if (parent.Find(name) is { } facts && (facts.Mode & OwnersAll) != OwnersAll && facts.UserId == NativeCalls.EffectiveUser())
            parent.Unlock(name);
        return parent.OpenFolder(name);
    }
}
