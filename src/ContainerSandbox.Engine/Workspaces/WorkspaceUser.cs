using ContainerSandbox.Engine.Slots;
using ContainerSandbox.Engine.Workspaces.Files;

namespace ContainerSandbox.Engine.Workspaces;

/// <summary>The one user as whom agents work in a bound workspace, in every sandbox: so that what they leave stays theirs.</summary>
/// <param name="UserId">The user.</param>
/// <param name="GroupId">The group through which an environment's sessions share files.</param>
/// <param name="GivesRootsFiles">True where this process is root, who may give files to others.</param>
internal sealed record WorkspaceUser(long UserId, long GroupId, bool GivesRootsFiles)
{
    // The first that a Linux system gives to a person.
    private const long Usual = 1000;

    /// <summary>The user who runs this process; for root the owner of the folder, or 1000 where that is root too.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="asked">The user that was asked for; null for the one that suits.</param>
    /// <exception cref="SandboxException">
    /// <see cref="SandboxErrorId.WorkspaceNotWritable"/>: it would be the user of the leases; <see cref="SandboxErrorId.UserNotAllowed"/>: only root
    /// can give folders to the one that was asked for.
    /// </exception>
    public static WorkspaceUser Of(FileFacts folder, string path, long? asked)
    {
        var own = NativeCalls.EffectiveUser();
        var user = Choose(folder, own, NativeCalls.EffectiveGroup());
        if (asked is { } number && number != user.UserId)
        {
            user = own == 0 ? user with { UserId = number } : throw new SandboxException(
                SandboxErrorId.UserNotAllowed,
                SandboxErrorCategory.InvalidArgument,
                $"Agents would work in '{path}' as user {number}, and user {own}, who runs this, cannot give folders away. Leave -User out, or run as root.",
                number);
        }

        return user.UserId != SlotIdentity.LeaseId ? user : throw new SandboxException(
            SandboxErrorId.WorkspaceNotWritable,
            SandboxErrorCategory.PermissionDenied,
            $"Agents would work in '{path}' as user {SlotIdentity.LeaseId}, which is kept for the process that holds each container. Give the folder to another user with 'chown', or run as another user.",
            path);
    }

    /// <summary>Chooses for a process that runs as this user and group.</summary>
    public static WorkspaceUser Choose(FileFacts folder, uint userId, uint groupId)
    {
        if (userId != 0)
            return new WorkspaceUser(userId, groupId is 0 or (uint)SlotIdentity.LeaseId ? userId : groupId, false);
        return new WorkspaceUser(
            folder.UserId == 0 ? Usual : folder.UserId, folder.GroupId is 0 or SlotIdentity.LeaseId ? Usual : folder.GroupId, true);
    }

    /// <summary>The numbers of a slot with this user; that of isolated commands stays another one.</summary>
    public SlotIdentity Of(SlotIdentity identity) => identity with { UserId = UserId, SharedGroupId = GroupId };

    /// <summary>True when this user may make files in a folder.</summary>
    public bool MayWrite(FileFacts folder)
    {
        const uint WriteAndEnter = 3;
        var shift = folder.UserId == UserId ? 6 : folder.GroupId == GroupId ? 3 : 0;
        return ((folder.Mode >> shift) & WriteAndEnter) == WriteAndEnter;
    }
}
