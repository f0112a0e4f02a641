using ContainerSandbox.Engine.Ownership;

namespace ContainerSandbox.Engine.Workspaces;

/// <summary>
/// The names in a bound workspace that are ours. All are in one folder that only the owner of the sandbox can enter and that no container
/// sees; an agent id cannot begin with a dot nor hold a tilde.
/// </summary>
internal static class WorkspaceNames
{
    /// <summary>The folder with the folders of slots and what is written down about them.</summary>
    public const string Slots = ".slots";

    private const string OwnerMark = "owner~";
    private const string UseMark = "used~";
    private const string MoveMark = "move~";
    private const string DoomedMark = "gone~";

    /// <summary>Says who owns a sandbox.</summary>
    public static string Owner(string sandboxId) => OwnerMark + sandboxId;

    /// <summary>Says whose an agent's folder is.</summary>
    public static string Use(string agentId) => UseMark + agentId;

    /// <summary>
    /// The journal of a move: whatever the slot's folder holds is the agent's. Its name says it all, so that it cannot be half written.
    /// </summary>
    public static string Move(string slot, string agentId) => $"{MoveMark}{slot}~{agentId}";

    /// <summary>A folder that is being deleted.</summary>
    public static string Doomed(string sandboxId, string mark) => $"{DoomedMark}{sandboxId}~{mark}";

    /// <summary>The sandbox that an owner's record is about; null for another name.</summary>
    public static string? SandboxOfOwner(string name) => After(name, OwnerMark);

    /// <summary>True for what says whose an agent's folder is.</summary>
    public static bool IsUse(string name) => name.StartsWith(UseMark, StringComparison.Ordinal);

    /// <summary>The slot and agent of a journal; null for another name.</summary>
    public static (string Slot, string AgentId)? SlotAndAgentOfMove(string name) =>
        After(name, MoveMark)?.Split('~') is [var slot, var agentId] ? (slot, agentId) : null;

    /// <summary>The sandbox of a slot's folder or of one that is being deleted; null for another name.</summary>
    public static string? SandboxOfFolder(string name)
    {
        if (After(name, DoomedMark) is { } doomed)
            return doomed.Split('~')[0];
        return name.Split('-') is [_, var sandboxId, _] && name.StartsWith(ContainerNames.Prefix(sandboxId), StringComparison.Ordinal) ? sandboxId : null;
    }

    /// <summary>True for a folder that is being deleted.</summary>
    public static bool IsDoomed(string name) => name.StartsWith(DoomedMark, StringComparison.Ordinal);

    private static string? After(string name, string mark) => name.StartsWith(mark, StringComparison.Ordinal) ? name[mark.Length..] : null;
}
