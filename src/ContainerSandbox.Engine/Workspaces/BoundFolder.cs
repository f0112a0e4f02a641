using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Sessions;
using ContainerSandbox.Engine.Slots;
using ContainerSandbox.Engine.Workspaces.Files;

namespace ContainerSandbox.Engine.Workspaces;

/// <summary>The folder that a container has as its workspace.</summary>
/// <param name="parent">The folder that it is in.</param>
/// <param name="name">Its name there.</param>
/// <param name="path">Where that is.</param>
/// <param name="user">The user of the agents.</param>
internal sealed class BoundFolder(Folder parent, string name, string path, WorkspaceUser user) : IDisposable
{
    /// <summary>Permissions of what nobody else may enter.</summary>
    public const uint Hidden = 0x1C0;

    // Its user and group may do everything, and what is made in it has its group.
    private const uint Shared = 0x5F8;

    // Shared by all agents of one user, and with what else that user runs; the limit of processes of each container holds all the same.
    private const int UserProcesses = 65_536;

    /// <summary>Where it is now.</summary>
    public string Path { get; private set; } = path;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>True while it is a slot's: an empty folder of ours.</summary>
    public bool IsSlots { get; private set; } = true;

    /// <summary>From here on it is an agent's, and the user's.</summary>
    public BoundFolder Become(string agentPath)
    {
        (Path, IsSlots) = (agentPath, false);
        return this;
    }

    /// <summary>Gives a folder that was made just now to the agents.</summary>
    public static void HandOver(Folder parent, FileName name, WorkspaceUser user)
    {
        using var folder = parent.OpenFolder(name);
        if (user.GivesRootsFiles)
            folder.Give(user.UserId, user.GroupId);
        folder.SetMode(Shared);
    }

    /// <summary>A container with this folder in place of the one in memory.</summary>
    public ContainerSpec Bind(ContainerSpec spec) => spec with
    {
        TmpfsMounts = [.. spec.TmpfsMounts.Where(mount => mount.Path != SlotPaths.Workspace)],
        BindMounts = [new BindMount(Path, SlotPaths.Workspace)],
        UserProcessesLimit = UserProcesses,
    };

    /// <summary>Shows that a container has the very folder. One of an agent is shown by those of slots.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.WorkspaceNotShared"/>, <see cref="SandboxErrorId.WorkspaceNotWritable"/>.</exception>
    public async Task ProveAsync(ShellSession session, CancellationToken cancellationToken)
    {
        if (!IsSlots)
            return;
        using var folder = parent.OpenFolder(name);
        await new SharingProof(folder, user.UserId).RunAsync(session, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes it if it is still a slot's and empty. What an agent has stays.</summary>
    public void Dispose()
    {
        if (!IsSlots)
            return;
        try
        {
            parent.RemoveEmptyFolder(name);
        }
        catch (Exception exception) when (exception is FileCallException or ObjectDisposedException)
        {
            // It is removed with the sandbox, or by the next one.
            return;
        }
    }
}
