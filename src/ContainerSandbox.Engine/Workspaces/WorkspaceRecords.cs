using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Workspaces.Files;

namespace ContainerSandbox.Engine.Workspaces;

/// <summary>What is written down in a workspace: which sandboxes use it, and whose each agent's folder is.</summary>
/// <param name="slots">The folder of the slots' folders.</param>
/// <param name="own">This sandbox.</param>
/// <param name="ended">The sandboxes of this process that have ended.</param>
internal sealed class WorkspaceRecords(Folder slots, OwnerRecord own, EndedSandboxes ended)
{
    private readonly bool _isLocal = slots.IsOnThisMachine;

    /// <summary>Says that this sandbox uses the workspace.</summary>
    public void Begin()
    {
        // A sandbox's id is drawn, and may be that of one long ago.
        slots.Remove(WorkspaceNames.Owner(own.SandboxId));
        slots.Write(WorkspaceNames.Owner(own.SandboxId), own.Write());
    }

    /// <summary>Makes an agent's folder this sandbox's; the owner's record where it is somebody's.</summary>
    public OwnerRecord? Take(string agentId)
    {
        var name = WorkspaceNames.Use(agentId);
        while (!TryLink(name))
        {
            if (slots.Read(name) is { } content)
                return OwnerRecord.Read(content) is var other && other.SandboxId == own.SandboxId && other.Owner == own.Owner ? null : other;
        }

        return null;
    }

    /// <summary>Gives an agent's folder up.</summary>
    public void Release(string agentId) => slots.Remove(WorkspaceNames.Use(agentId));

    /// <summary>Gives up everything of this sandbox that holds nothing; true when nothing is left.</summary>
    public void End()
    {
        var isClear = true;
        foreach (var name in slots.List().Select(name => name.ToString()))
        {
            if (WorkspaceNames.SandboxOfFolder(name) == own.SandboxId)
                isClear &= slots.RemoveEmptyFolder(name);
            else if (WorkspaceNames.IsUse(name) && slots.Read(name) is { } content && OwnerRecord.Read(content) == own)
                slots.Remove(name);
        }

        if (isClear)
            slots.Remove(WorkspaceNames.Owner(own.SandboxId));
    }

    /// <summary>
    /// True for an owner who is gone beyond doubt. What an earlier run of this machine left counts only where no other machine can have the
    /// file system too.
    /// </summary>
    public bool IsGone(OwnerRecord record)
    {
        var (owner, here) = (record.Owner, own.Owner);
        return owner.IsProvablyDead(here)
            || (owner == here && ended.Contains(record.SandboxId))
            || (_isLocal && owner.Machine.Length > 0 && owner.Machine == here.Machine && owner.Boot.Length > 0 && here.Boot.Length > 0 && owner.Boot != here.Boot);
    }

    // With a second name for the sandbox's own record the content is there in the same moment. Not every file system knows second names.
    private bool TryLink(string name)
    {
        try
        {
            return slots.Link(WorkspaceNames.Owner(own.SandboxId), name);
        }
        catch (FileCallException exception) when (exception.Number is FileCallException.NotPermitted or FileCallException.NotSupported or FileCallException.TooManyNames)
        {
            return TryWrite(name);
        }
    }

    private bool TryWrite(string name)
    {
        try
        {
            slots.Write(name, own.Write());
            return true;
        }
        catch (FileCallException exception) when (exception.Number == FileCallException.Exists)
        {
            return false;
        }
    }
}
