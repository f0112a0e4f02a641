using ContainerSandbox.Engine.Cleanup;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Workspaces.Files;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Workspaces;

/// <summary>
/// A folder of the user's in which the agents of a sandbox work, each in a folder of its own: <c>&lt;Workspace&gt;/&lt;AgentId&gt;</c>. Ready
/// containers have empty folders beside, which take an agent's name with the claim. What agents leave is the user's and stays.
/// </summary>
internal sealed class BoundWorkspace : IDisposable
{
    private readonly Folder _root;
    private readonly Folder _slots;
    private readonly OwnerRecord _owner;
    private readonly WorkspaceRecords _records;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;

    public BoundWorkspace(
        Folder root, Folder slots, WorkspaceUser user, OwnerRecord owner, WorkspaceRecords records, TimeProvider timeProvider, ILogger logger)
    {
        _root = root;
        _slots = slots;
        _owner = owner;
        _records = records;
        _timeProvider = timeProvider;
        _logger = logger;
        User = user;
        Path = root.Path;
    }

    /// <summary>Where it is, without links.</summary>
    public string Path { get; }

    /// <summary>The user of its agents.</summary>
    public WorkspaceUser User { get; }

    /// <summary>Makes the empty folder of a slot.</summary>
    public BoundFolder MakeSlotFolder(string slot)
    {
        try
        {
            // Left by a start under a name that was taken, if by anything.
            if (!_slots.MakeFolder(slot, BoundFolder.Hidden) && !_slots.RemoveEmptyFolder(slot))
                throw new FileCallException($"make the folder '{slot}'", FileCallException.Exists);
            _slots.MakeFolder(slot, BoundFolder.Hidden);
            BoundFolder.HandOver(_slots, slot, User);
            return new BoundFolder(_slots, slot, $"{Path}/{WorkspaceNames.Slots}/{slot}", User);
        }
        catch (FileCallException exception)
        {
            throw NotWritable($"{Path}/{WorkspaceNames.Slots}", exception);
        }
    }

    /// <summary>Makes an agent's folder this sandbox's for a claim.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.WorkspaceInUse"/>, <see cref="SandboxErrorId.InvalidWorkspace"/>.</exception>
    public async ValueTask<WorkspaceClaim> ClaimAsync(string agentId, CancellationToken cancellationToken)
    {
        try
        {
            if (_records.Take(agentId) is { } other)
                await TakeOverAsync(agentId, other, cancellationToken).ConfigureAwait(false);
        }
        catch (FileCallException exception)
        {
            throw NotWritable(Path, exception);
        }

        return WorkspaceClaim.Begin(this, _root, _slots, agentId);
    }

    /// <summary>An agent's folder may be another sandbox's from now on.</summary>
    public void Release(string agentId)
    {
        try
        {
            _records.Release(agentId);
        }
        catch (FileCallException exception)
        {
            EngineLog.WorkspaceNotClosed(_logger, Path, exception.Message);
        }
    }

    /// <summary>Finds out what an agent's folder takes on its disk.</summary>
    public Task<FolderSize> MeasureAsync(string agentId, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var size = new FolderSize(cancellationToken);
            if (_root.Find(agentId) is not { Kind: FileKind.Folder })
                return size;
            using var folder = _root.OpenFolder(agentId);
            size.Add(folder);
            return size;
        },
        cancellationToken);

    /// <summary>Deletes an agent's folder with all that it holds. Links in it are deleted, never followed.</summary>
    public Task<EndProof> DeleteAsync(string agentId) => Task.Run(() =>
    {
        try
        {
            if (_root.Find(agentId) is not { } facts)
                return new EndProof(true, "there was none");
            if (facts.Kind != FileKind.Folder || facts.IsMountPoint)
                return new EndProof(false, "it is no folder of this file system");
            if (MountPoints.In($"{Path}/{agentId}") is { } point)
                return new EndProof(false, $"something is mounted at '{point}'");
            Delete(agentId);
            return new EndProof(_root.Find(agentId) is null, "");
        }
        catch (IOException exception)
        {
            return new EndProof(false, exception.Message);
        }
    });

    /// <summary>Gives up everything that is this sandbox's and empty.</summary>
    public async Task CloseAsync()
    {
        try
        {
            using (await WorkspaceLock.TakeAsync(_root, Path, _timeProvider, CancellationToken.None).ConfigureAwait(false))
            {
                _records.End();
                _root.RemoveEmptyFolder(WorkspaceNames.Slots);
            }
        }
        catch (Exception exception) when (exception is FileCallException or SandboxException)
        {
            EngineLog.WorkspaceNotClosed(_logger, Path, exception.Message);
        }

        Dispose();
    }

    public void Dispose()
    {
        _slots.Dispose();
        _root.Dispose();
    }

    // Away from where agents' folders are first, so that what is half deleted is nobody's; what cannot be deleted comes back.
    private void Delete(string agentId)
    {
        var doomed = WorkspaceNames.Doomed(_owner.SandboxId, Guid.NewGuid().ToString("n"));
        _root.Move(agentId, _slots, doomed);
        try
        {
            new FolderDeletion(CancellationToken.None).Delete(_slots, doomed);
        }
        catch (IOException)
        {
            _slots.MoveToFree(doomed, _root, agentId);
            throw;
        }
    }

    private async Task TakeOverAsync(string agentId, OwnerRecord other, CancellationToken cancellationToken)
    {
        if (_records.IsGone(other))
        {
            using (await WorkspaceLock.TakeAsync(_root, Path, _timeProvider, cancellationToken).ConfigureAwait(false))
                new WorkspaceRecovery(_root, _slots, _records.IsGone, _logger).Run();
            if (_records.Take(agentId) is not { } another)
                return;
            other = another;
        }

        throw new SandboxException(
            SandboxErrorId.WorkspaceInUse,
            SandboxErrorCategory.ResourceUnavailable,
            $"The folder '{Path}/{agentId}' is used by {other}, which lives or cannot be shown to have ended. Remove that environment there, or give another -AgentId. If you know that it has ended, delete '{Path}/{WorkspaceNames.Slots}/{WorkspaceNames.Use(agentId)}'.",
            agentId);
    }

    private SandboxException NotWritable(string where, FileCallException exception) => new(
        SandboxErrorId.WorkspaceNotWritable,
        SandboxErrorCategory.PermissionDenied,
        $"User {NativeCalls.EffectiveUser()}, who runs this, cannot make what the agents' user {User.UserId} needs in '{where}': {exception.Message}. Look at the folder's permissions and at the room on its disk.",
        Path,
        exception);
}
