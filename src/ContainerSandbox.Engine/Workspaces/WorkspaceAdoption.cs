using ContainerSandbox.Engine.Workspaces.Files;

namespace ContainerSandbox.Engine.Workspaces;

/// <summary>
/// Makes the folder of a slot, which its container has as workspace, that of an agent: what the agent's folder holds is moved into it, then
/// it takes the agent's folder's name. At whatever step this ends, no file is lost: <see cref="WorkspaceRecovery"/> goes on from there.
/// </summary>
/// <param name="root">The workspace.</param>
/// <param name="slots">The folder of the slots' folders.</param>
/// <param name="user">The user of the agents.</param>
/// <param name="reached">Hears of every step before it is made.</param>
internal sealed class WorkspaceAdoption(Folder root, Folder slots, WorkspaceUser user, Action<AdoptionStep>? reached = null)
{
    /// <summary>Entries that are moved at most: some milliseconds. Where there are more, the folder itself is bound.</summary>
    public const int MostEntries = 2048;

    // Files of root that are given to the agent while a claim waits for it.
    private const int MostGiven = 10_000;

    /// <summary>Finds out why an agent's folder cannot be moved; null when it can, or when there is none.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.InvalidWorkspace"/>: it is no folder.</exception>
    public string? WhyNot(string agentId)
    {
        try
        {
            if (root.Find(agentId) is not { } facts)
                return null;
            if (facts.Kind != FileKind.Folder)
                throw NoFolder(agentId, facts.Kind);
            using var folder = root.OpenFolder(agentId);
            var count = folder.List(MostEntries + 1).Count;
            if (count > MostEntries)
                return $"the folder '{folder.Path}' has more than {MostEntries} entries";
            if (MountPoints.In(folder.Path) is { } point)
                return $"something is mounted at '{point}'";
            return !user.GivesRootsFiles || new RootsFiles(user).Give(folder, MostGiven, CancellationToken.None)
                ? null
                : $"the folder '{folder.Path}' has more than {MostGiven} entries of root";
        }
        catch (FileCallException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Adopts, or reverses what was begun and says why: the agent's folder is then as it was.</summary>
    public string? Run(string slot, string agentId)
    {
        try
        {
            if (root.Find(agentId) is null)
            {
                Swap(slot, agentId);
                return null;
            }

            using var from = root.OpenFolder(agentId);
            using var to = slots.OpenFolder(slot);
            return Move(slot, agentId, from, to);
        }
        catch (FileCallException exception)
        {
            return exception.Message;
        }
    }

    private string? Move(string slot, string agentId, Folder from, Folder to)
    {
        var names = from.List(MostEntries + 1);
        var journal = WorkspaceNames.Move(slot, agentId);
        if (names.Count > 0)
        {
            reached?.Invoke(AdoptionStep.Journal);
            slots.Write(journal, []);
        }

        var moved = 0;
        try
        {
            for (; moved < names.Count; moved++)
            {
                reached?.Invoke(AdoptionStep.Move);
                from.MoveToFree(names[moved], to, names[moved]);
            }

            reached?.Invoke(AdoptionStep.SetMode);
            to.SetMode(from.Facts.Mode);
            Swap(slot, agentId);
        }
        catch (FileCallException exception)
        {
            MoveBack(slot, names.Take(moved), from, to);
            Finish(journal, names.Count);
            return exception.Message;
        }

        Finish(journal, names.Count);
        return null;
    }

    // A folder that is not empty any more is not replaced: then somebody wrote into it meanwhile.
    private void Swap(string slot, string agentId)
    {
        reached?.Invoke(AdoptionStep.Swap);
        slots.Move(slot, root, agentId);
    }

    private void MoveBack(string slot, IEnumerable<FileName> names, Folder from, Folder to)
    {
        FileCallException? failure = null;
        foreach (var name in names)
        {
            reached?.Invoke(AdoptionStep.MoveBack);
            try
            {
                to.MoveToFree(name, from, name);
            }
            catch (FileCallException exception)
            {
                failure = exception;
            }
        }

        if (failure is not null)
            throw Stuck(slot, from, failure);
    }

    private void Finish(string journal, int entries)
    {
        if (entries == 0)
            return;
        reached?.Invoke(AdoptionStep.Finish);
        slots.Remove(journal);
    }

    private SandboxException Stuck(string slot, Folder from, FileCallException failure) => new(
        SandboxErrorId.WorkspaceNotWritable,
        SandboxErrorCategory.PermissionDenied,
        $"Entries of '{from.Path}' were moved to '{slots.Path}/{slot}' and cannot be moved back: {failure.Message}. Nothing is lost; move them back by hand, or run Initialize-Sandbox once this process has ended.",
        from.Path,
        failure);

    private SandboxException NoFolder(string agentId, FileKind kind) => new(
        SandboxErrorId.InvalidWorkspace,
        SandboxErrorCategory.InvalidArgument,
        $"'{root.Path}/{agentId}' cannot be the workspace of '{agentId}': it is {(kind == FileKind.Link ? "a link" : "no folder")}. Move it away, or choose another agent id.",
        agentId);
}
