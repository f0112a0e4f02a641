using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Workspaces.Files;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Workspaces;

/// <summary>Goes the way of a claim with a prepared folder once, in a folder that nobody else has: so the first claim is as fast as the second.</summary>
internal sealed class WorkspaceRehearsal(OwnerRecord owner, TimeProvider timeProvider, ILogger logger)
{
    private const string Agent = "agent";

    /// <summary>Does it. Where it cannot be done the first claim takes a little longer, no more.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var place = Directory.CreateTempSubdirectory("containersandbox-").FullName;
            try
            {
                await RunInAsync(place, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                using var parent = Folder.Open(Path.GetDirectoryName(place)!);
                new FolderDeletion(CancellationToken.None).Delete(parent, Path.GetFileName(place));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SandboxException)
        {
            EngineLog.WorkspaceNotRehearsed(logger, exception.Message);
        }
    }

    private async Task RunInAsync(string place, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(place, Agent, "entry"));
        var workspace = await new WorkspaceOpening(place, null, owner, new EndedSandboxes(), timeProvider, logger).RunAsync(cancellationToken).ConfigureAwait(false);
        using (var slot = workspace.MakeSlotFolder(ContainerNames.Prefix(owner.SandboxId) + "0000"))
        using (var claim = await workspace.ClaimAsync(Agent, cancellationToken).ConfigureAwait(false))
            claim.Adopt(slot);
        await workspace.CloseAsync().ConfigureAwait(false);
    }
}
