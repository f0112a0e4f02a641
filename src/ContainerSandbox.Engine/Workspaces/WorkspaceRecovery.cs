using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Workspaces.Files;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Workspaces;

/// <summary>
/// Puts in order what owners left that are gone: what was half moved goes where it belongs, empty folders of slots go, and agents' folders are
/// free again. Whatever it is broken off at, it can be begun again.
/// </summary>
/// <param name="root">The workspace.</param>
/// <param name="slots">The folder of the slots' folders. Whoever calls holds its lock.</param>
/// <param name="isGone">True for an owner who is gone beyond doubt.</param>
/// <param name="logger">Hears of what stays.</param>
internal sealed class WorkspaceRecovery(Folder root, Folder slots, Func<OwnerRecord, bool> isGone, ILogger logger)
{
    /// <summary>Does it.</summary>
    public void Run()
    {
        string[] names = [.. slots.List().Select(name => name.ToString())];
        var gone = names.Where(name => WorkspaceNames.SandboxOfOwner(name) is not null && IsGone(name))
            .Select(name => WorkspaceNames.SandboxOfOwner(name)!).ToHashSet();
        var kept = new HashSet<string>();
        bool IsOfGone(string name) => WorkspaceNames.SandboxOfFolder(name) is { } sandboxId && gone.Contains(sandboxId);

        foreach (var (name, (slot, agentId)) in names.Select(name => (name, WorkspaceNames.SlotAndAgentOfMove(name)))
            .Where(each => each.Item2 is { } move && IsOfGone(move.Slot)).Select(each => (each.name, each.Item2!.Value)))
            FinishMove(name, slot, agentId);
        foreach (var name in names.Where(IsOfGone))
        {
            if (!Clear(name))
                kept.Add(WorkspaceNames.SandboxOfFolder(name)!);
        }

        foreach (var name in names.Where(name => WorkspaceNames.IsUse(name) && IsGone(name)))
            slots.Remove(name);

        // Last: as long as it is there, all of this is done again.
        foreach (var sandboxId in gone.Except(kept))
            slots.Remove(WorkspaceNames.Owner(sandboxId));
    }

    private bool IsGone(string record) => slots.Read(record) is { } content && isGone(OwnerRecord.Read(content));

    // Whether the folders had been swapped or not: what is still in the slot's folder belongs into the agent's.
    private void FinishMove(string journal, string slot, string agentId)
    {
        try
        {
            if (slots.Find(slot) is not null && !slots.RemoveEmptyFolder(slot))
                MoveInto(slot, agentId);
            slots.Remove(journal);
        }
        catch (FileCallException exception)
        {
            EngineLog.WorkspaceNotRecovered(logger, $"{slots.Path}/{slot}", agentId, exception.Message);
        }
    }

    private void MoveInto(string slot, string agentId)
    {
        if (root.Find(agentId) is null)
        {
            slots.MoveToFree(slot, root, agentId);
            return;
        }

        using var from = slots.OpenFolder(slot);
        using var to = root.OpenFolder(agentId);
        FileCallException? failure = null;
        foreach (var name in from.List())
        {
            try
            {
                from.MoveToFree(name, to, name);
            }
            catch (FileCallException exception)
            {
                failure = exception;
            }
        }

        if (!slots.RemoveEmptyFolder(slot) && failure is not null)
            throw failure;
    }

    // False where something of it stays.
    private bool Clear(string name)
    {
        try
        {
            if (slots.Find(name) is null)
                return true;
            if (WorkspaceNames.IsDoomed(name))
                new FolderDeletion(CancellationToken.None).Delete(slots, name);
            else if (!slots.RemoveEmptyFolder(name))
                throw new IOException("it is not empty");
            return true;
        }
        catch (IOException exception)
        {
            EngineLog.WorkspaceFolderStays(logger, $"{slots.Path}/{name}", exception.Message);
            return false;
        }
    }
}
