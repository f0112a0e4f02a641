using ContainerSandbox.Engine.Workspaces.Files;

namespace ContainerSandbox.Engine.Workspaces;

/// <summary>An agent's folder while the agent is given a container. Unless the claim is completed, the folder is free again afterwards.</summary>
internal sealed class WorkspaceClaim : IDisposable
{
    private readonly BoundWorkspace _workspace;
    private readonly Folder _root;
    private readonly string _agentId;
    private readonly bool _wasThere;
    private readonly WorkspaceAdoption _adoption;
    private bool _isComplete;

    private WorkspaceClaim(BoundWorkspace workspace, Folder root, Folder slots, string agentId)
    {
        _workspace = workspace;
        _root = root;
        _agentId = agentId;
        _wasThere = root.Find(agentId) is not null;
        _adoption = new WorkspaceAdoption(root, slots, workspace.User);
    }

    /// <summary>Why no ready container may serve it; null when one may.</summary>
    public string? WhyNotWarm { get; private set; }

    private string AgentPath => $"{_workspace.Path}/{_agentId}";

    /// <summary>Looks at an agent's folder that was made this sandbox's.</summary>
    public static WorkspaceClaim Begin(BoundWorkspace workspace, Folder root, Folder slots, string agentId)
    {
        try
        {
            var claim = new WorkspaceClaim(workspace, root, slots, agentId);
            claim.WhyNotWarm = claim._adoption.WhyNot(agentId);
            return claim;
        }
        catch
        {
            workspace.Release(agentId);
            throw;
        }
    }

    /// <summary>Makes a slot's folder the agent's, with what the agent had; else says why not, and nothing has changed.</summary>
    public string? Adopt(BoundFolder? folder)
    {
        if (folder is not { IsSlots: true })
            return "the container has no folder that could become the agent's";
        var why = _adoption.Run(folder.Name, _agentId);
        if (why is null)
            folder.Become(AgentPath);
        return why;
    }

    /// <summary>The agent's folder itself, for a container that is to be made on it.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.WorkspaceNotWritable"/>.</exception>
    public BoundFolder BindItself(CancellationToken cancellationToken)
    {
        try
        {
            var user = _workspace.User;
            if (_root.MakeFolder(_agentId, BoundFolder.Hidden))
                BoundFolder.HandOver(_root, _agentId, user);
            using var folder = _root.OpenFolder(_agentId);
            if (user.GivesRootsFiles)
                new RootsFiles(user).Give(folder, int.MaxValue, cancellationToken);
            return user.MayWrite(folder.Facts)
                ? new BoundFolder(_root, _agentId, AgentPath, user).Become(AgentPath)
                : throw NotWritable($"it belongs to user {folder.Facts.UserId}", folder.Facts.UserId);
        }
        catch (FileCallException exception)
        {
            throw NotWritable(exception.Message, null, exception);
        }
    }

    /// <summary>The agent has its container: the folder stays this sandbox's.</summary>
    public void Complete() => _isComplete = true;

    public void Dispose()
    {
        if (_isComplete)
            return;
        try
        {
            if (!_wasThere)
                _root.RemoveEmptyFolder(_agentId);
        }
        catch (Exception exception) when (exception is FileCallException or ObjectDisposedException)
        {
            // What is not ours to remove stays with its owner.
        }

        _workspace.Release(_agentId);
    }

    private SandboxException NotWritable(string why, long? owner, Exception? cause = null) => new(
        SandboxErrorId.WorkspaceNotWritable,
        SandboxErrorCategory.PermissionDenied,
        $"Agents work as user {_workspace.User.UserId}, who cannot write in '{AgentPath}': {why}. Give the folder away: chown -R {_workspace.User.UserId} '{AgentPath}'{(owner is null ? "" : ", or run as its owner")}.",
        _agentId,
        cause);
}
