namespace ContainerSandbox.Engine.Slots;

/// <summary>The numbers that a slot has for itself. Kernel limits count per user across containers, so no two slots share one.</summary>
/// <param name="UserId">The agent's user.</param>
/// <param name="IsolatedUserId">The user of isolated commands, which the agent can neither trace nor signal.</param>
/// <param name="SharedGroupId">The group through which all sessions share files.</param>
/// <param name="FirstSessionGroupId">The first of the groups that sessions have for themselves.</param>
/// <param name="SessionGroups">How many of these there are.</param>
internal sealed record SlotIdentity(
    long UserId, long IsolatedUserId, long SharedGroupId, long FirstSessionGroupId, int SessionGroups)
{
    private int _sessions = -1;

    /// <summary>The user and group of the main process, the same in every slot and never the agent's.</summary>
    public const long LeaseId = 65534;

    /// <summary>A group for one more session.</summary>
    public long NextSessionGroup() => FirstSessionGroupId + (uint)Interlocked.Increment(ref _sessions) % SessionGroups;
}
