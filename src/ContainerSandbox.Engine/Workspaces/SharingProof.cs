using System.Text;
using ContainerSandbox.Engine.Sessions;
using ContainerSandbox.Engine.Slots;
using ContainerSandbox.Engine.Workspaces.Files;

namespace ContainerSandbox.Engine.Workspaces;

/// <summary>
/// Shows that a container has the folder that this machine has: each side writes a random file and finds the other's. An engine on another
/// machine may well have a folder of the same name.
/// </summary>
/// <param name="folder">The folder as this machine has it.</param>
/// <param name="userId">The user of the agents.</param>
internal sealed class SharingProof(Folder folder, long userId)
{
    private const uint ReadableByAll = 0x1A4;
    private const int NotSeen = 3;
    private const int NotWritten = 4;

    private readonly string _here = ShellSession.NewMark();
    private readonly string _there = ShellSession.NewMark();

    private string FileOfHere => $".here-{_here}";

    private string FileOfThere => $".there-{_there}";

    /// <summary>Writes a file here, has the container find it and write one of its own, and finds that.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.WorkspaceNotShared"/>, <see cref="SandboxErrorId.WorkspaceNotWritable"/>.</exception>
    public async Task RunAsync(ShellSession session, CancellationToken cancellationToken)
    {
        folder.Write(FileOfHere, Encoding.ASCII.GetBytes(_here), ReadableByAll);
        try
        {
            var (status, said) = await session.AskAsync(Script(), cancellationToken).ConfigureAwait(false);
            if (status == NotWritten)
                throw NotWritable(folder.Facts.UserId, said.Trim());
            if (status != 0 || folder.Read(FileOfThere) is not { } content || !content.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(_there)))
                throw NotShared(status is 0 or NotSeen ? "" : $" ({said.Trim()})");
        }
        finally
        {
            folder.Remove(FileOfHere);
            folder.Remove(FileOfThere);
        }
    }

    private string Script() => $$"""
        ([ -r {{SlotPaths.Workspace}} ] && [ -x {{SlotPaths.Workspace}} ] || exit {{NotWritten}}
        IFS= read -r t <{{SlotPaths.Workspace}}/{{FileOfHere}}; [ "$t" = {{_here}} ] || exit {{NotSeen}}
        printf %s {{_there}} >{{SlotPaths.Workspace}}/{{FileOfThere}} || exit {{NotWritten}}) 2>&1
        """;

    private SandboxException NotShared(string detail) => new(
        SandboxErrorId.WorkspaceNotShared,
        SandboxErrorCategory.ResourceUnavailable,
        $"The engine does not have the folder '{folder.Path}' of this machine{detail}: a file that user {NativeCalls.EffectiveUser()} wrote here and one that user {userId} wrote in a container did not reach the other side. A workspace must be on the engine's own machine: use an engine on this one, or leave -Workspace out.",
        folder.Path);

    private SandboxException NotWritable(long owner, string said) => new(
        SandboxErrorId.WorkspaceNotWritable,
        SandboxErrorCategory.PermissionDenied,
        $"User {userId} in a container cannot write in '{folder.Path}', which belongs to user {owner} here{(said.Length > 0 ? $" ({said})" : "")}. Where the engine maps users (rootless, or with userns-remap) it maps this one to another; use an engine that does not, or leave -Workspace out.",
        folder.Path);
}
