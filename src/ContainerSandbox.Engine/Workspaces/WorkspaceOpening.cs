using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Workspaces.Files;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Workspaces;

/// <summary>Opens a folder as the workspace of a sandbox, and puts in order what dead owners left in it.</summary>
internal sealed class WorkspaceOpening(string path, long? user, OwnerRecord owner, EndedSandboxes ended, TimeProvider timeProvider, ILogger logger)
{
    private const uint OwnersOnly = 0x1C0;
    private const int Attempts = 5;

    /// <summary>Refuses a limit of the size of folders that there are not.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.InvalidWorkspace"/>.</exception>
    public static void Check(SandboxOptions options)
    {
        if (options is { WorkspaceLimit: not null, Workspace: null })
        {
            throw new SandboxException(
                SandboxErrorId.InvalidWorkspace,
                SandboxErrorCategory.InvalidArgument,
                "A limit for the folders of agents was given and no folder in which they work. Give -Workspace too, or leave -WorkspaceLimit out.",
                options.WorkspaceLimit);
        }
    }

    /// <summary>Opens it.</summary>
    /// <exception cref="SandboxException">
    /// <see cref="SandboxErrorId.InvalidWorkspace"/>, <see cref="SandboxErrorId.WorkspaceNotWritable"/>, <see cref="SandboxErrorId.WorkspaceInUse"/>.
    /// </exception>
    public async Task<BoundWorkspace> RunAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
            throw Invalid("cannot be a workspace: that needs a Linux machine. Leave -Workspace out");
        var root = OpenRoot();
        try
        {
            CheckSurroundings(root.Path);
            return await OpenSlotsAsync(root, WorkspaceUser.Of(root.Facts, path, user), cancellationToken).ConfigureAwait(false);
        }
        catch (FileCallException exception)
        {
            var facts = root.Facts;
            root.Dispose();
            throw NotWritable(facts, exception);
        }
        catch
        {
            root.Dispose();
            throw;
        }
    }

    private Folder OpenRoot()
    {
        try
        {
            return Folder.Open(path);
        }
        catch (FileCallException exception)
        {
            var link = new FileInfo(path).LinkTarget;
            throw exception.Number switch
            {
                FileCallException.AccessDenied => NotReadable(exception),
                FileCallException.NotThere => Invalid("does not exist. Make it first; a workspace is never made unasked"),
                _ when link is not null => Invalid($"is a link. Give the folder that it leads to, '{link}'"),
                FileCallException.NoFolder => Invalid("is no folder. Give an existing folder"),
                _ => Invalid($"cannot be opened: {exception.Message}"),
            };
        }
    }

    // An agent whose folder holds another workspace could reach into that one's folders.
    private void CheckSurroundings(string real)
    {
        for (var parent = Path.GetDirectoryName(real); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (IsUsed(parent))
                throw Invalid($"lies within the workspace '{parent}' of another sandbox, whose agents could reach into it. Give a folder beside that one");
        }
    }

    private bool IsUsed(string folder)
    {
        try
        {
            using var slots = Folder.Open(Path.Combine(folder, WorkspaceNames.Slots));
            var records = new WorkspaceRecords(slots, owner, ended);
            return slots.List().Select(name => name.ToString()).Any(name => WorkspaceNames.SandboxOfOwner(name) is not null
                && slots.Read(name) is { } content && !records.IsGone(OwnerRecord.Read(content)));
        }
        catch (FileCallException)
        {
            return false;
        }
    }

    private async Task<BoundWorkspace> OpenSlotsAsync(Folder root, WorkspaceUser agents, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            root.MakeFolder(WorkspaceNames.Slots, OwnersOnly);
            var slots = OpenSlots(root);
            try
            {
                using (await WorkspaceLock.TakeAsync(root, path, timeProvider, cancellationToken).ConfigureAwait(false))
                {
                    // The last sandbox that used the workspace may have removed the folder just now.
                    if (root.Find(WorkspaceNames.Slots)?.Identity == slots.Facts.Identity)
                    {
                        slots.SetMode(OwnersOnly);
                        var records = new WorkspaceRecords(slots, owner, ended);
                        new WorkspaceRecovery(root, slots, records.IsGone, logger).Run();
                        records.Begin();
                        return new BoundWorkspace(root, slots, agents, owner, records, timeProvider, logger);
                    }
                }

                slots.Dispose();
            }
            catch
            {
                slots.Dispose();
                throw;
            }

            if (attempt == Attempts)
                throw Invalid($"is changed all the time: '{WorkspaceNames.Slots}' in it does not stay");
        }
    }

    private Folder OpenSlots(Folder root)
    {
        try
        {
            return root.OpenFolder(WorkspaceNames.Slots);
        }
        catch (FileCallException exception) when (exception.Number is FileCallException.NoFolder or FileCallException.TooManyLinks)
        {
            throw Invalid($"holds '{WorkspaceNames.Slots}' that is no folder. That name is needed for the folders of containers; move it away");
        }
    }

    private SandboxException Invalid(string why) => new(
        SandboxErrorId.InvalidWorkspace, SandboxErrorCategory.InvalidArgument, $"The workspace '{path}' {why}.", path);

    private SandboxException NotReadable(FileCallException exception) => new(
        SandboxErrorId.WorkspaceNotWritable,
        SandboxErrorCategory.PermissionDenied,
        $"User {NativeCalls.EffectiveUser()}, who runs this, may not enter the workspace: {exception.Message}. Run as the folder's owner, or let this user in.",
        path,
        exception);

    private SandboxException NotWritable(FileFacts facts, FileCallException exception) => new(
        SandboxErrorId.WorkspaceNotWritable,
        SandboxErrorCategory.PermissionDenied,
        $"The workspace '{path}' belongs to user {facts.UserId}, and user {NativeCalls.EffectiveUser()}, who runs this, may not write in it: {exception.Message}. Run as the folder's owner, or give the folder away: chown {NativeCalls.EffectiveUser()} '{path}'.",
        path,
        exception);
}
