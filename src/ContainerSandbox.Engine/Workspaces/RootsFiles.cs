using ContainerSandbox.Engine.Workspaces.Files;

namespace ContainerSandbox.Engine.Workspaces;

/// <summary>
/// Gives what root put into an agent's folder to the agent's user: the entries of root, and what is beneath folders of root. What belongs to
/// others is left as it is, with all that it holds; so is what the kernel does not let go.
/// </summary>
internal sealed class RootsFiles(WorkspaceUser user)
{
    // Each level holds a folder open.
    private const int Deepest = 200;

    private int _left;

    /// <summary>Gives them; false when there are too many, in number or depth: some are given then.</summary>
    public bool Give(Folder folder, int most, CancellationToken cancellationToken)
    {
        _left = most;
        if (folder.Facts.UserId == 0)
            TryGive(() => folder.Give(user.UserId, user.GroupId));
        return GiveIn(folder, 0, cancellationToken);
    }

    private bool GiveIn(Folder folder, int depth, CancellationToken cancellationToken)
    {
        foreach (var name in folder.List())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (folder.Find(name) is not { UserId: 0 } facts)
                continue;
            if (--_left < 0 || depth > Deepest)
                return false;

            // The folder last: while it is root's, what is in it is not all given.
            if (facts is { Kind: FileKind.Folder, IsMountPoint: false })
            {
                using var inner = folder.OpenFolder(name);
                if (!GiveIn(inner, depth + 1, cancellationToken))
                    return false;
            }

            if (!facts.IsMountPoint)
                TryGive(() => folder.GiveIfRoots(name, user.UserId, user.GroupId));
        }

        return true;
    }

    // What cannot be given, such as what was made immutable, stays root's.
    private static void TryGive(Action give)
    {
        try
        {
            give();
        }
        catch (FileCallException)
        {
            return;
        }
    }
}
