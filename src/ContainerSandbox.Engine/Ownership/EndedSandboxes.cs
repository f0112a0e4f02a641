using System.Collections.Concurrent;

namespace ContainerSandbox.Engine.Ownership;

/// <summary>
/// The sandboxes of this process that have ended. Their owner is alive, and whatever carries their ids is nobody's all the same. What is
/// not known to have ended may live: another copy of this assembly in the process has a list of its own.
/// </summary>
internal sealed class EndedSandboxes
{
    private readonly ConcurrentDictionary<string, bool> _ids = new();

    /// <summary>A sandbox begins; its id was drawn and may be that of one long ago.</summary>
    public void Begin(string sandboxId) => _ids.TryRemove(sandboxId, out _);

    /// <summary>A sandbox has ended, also one that never came to be.</summary>
    public void End(string sandboxId) => _ids[sandboxId] = true;

    /// <summary>True for a sandbox that ended.</summary>
    public bool Contains(string sandboxId) => _ids.ContainsKey(sandboxId);
}
