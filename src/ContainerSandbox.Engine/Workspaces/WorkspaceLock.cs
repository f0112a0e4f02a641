using ContainerSandbox.Engine.Workspaces.Files;

namespace ContainerSandbox.Engine.Workspaces;

/// <summary>Held while records of others are changed, by one sandbox of whatever process at a time. The end of its process ends it.</summary>
internal static class WorkspaceLock
{
    private const int Attempts = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits for it, for ten seconds at most.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.WorkspaceInUse"/>: somebody does not let go.</exception>
    public static async Task<IDisposable> TakeAsync(Folder root, string path, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            // Opened anew: one that is open already has the lock for whoever shares it.
            var folder = root.OpenFolder(WorkspaceNames.Slots);
            if (folder.TryLock())
                return folder;
            folder.Dispose();
            await Task.Delay(Pause, timeProvider, cancellationToken).ConfigureAwait(false);
        }

        throw new SandboxException(
            SandboxErrorId.WorkspaceInUse,
            SandboxErrorCategory.ResourceUnavailable,
            $"Another sandbox keeps the records of the workspace '{path}' to itself. Try again when it has ended.",
            path);
    }
}
