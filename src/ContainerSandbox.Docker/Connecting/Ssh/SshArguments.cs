namespace ContainerSandbox.Docker.Connecting.Ssh;

/// <summary>
/// How ssh is called. Who the host is, where its keys are and which way leads there is said by the user's own settings; what is here
/// must not depend on them.
/// </summary>
internal static class SshArguments
{
    // What is typed to stop a command goes to every process at the terminal. It is not meant for this one, on which containers live.
    // The folder is removed also when nobody else is there any more to do it.
    private const string Undisturbed = "trap '' INT QUIT; folder=$0; \"$@\"; rm -rf -- \"$folder\"";

    /// <summary>The command that forwards the engine's socket to one here and runs a shell there.</summary>
    /// <param name="program">The ssh client.</param>
    /// <param name="target">Where to.</param>
    /// <param name="folder">What to remove at the end.</param>
    /// <param name="localSocket">The socket here, in that folder.</param>
    public static IReadOnlyList<string> Command(string program, SshTarget target, string folder, string localSocket) =>
    [
        "/bin/sh", "-c", Undisturbed, folder, program, "-T", "-a", "-x",

        // It has nobody to ask, and nobody else's word for the host is good enough.
        "-o", "BatchMode=yes",
        "-o", "StrictHostKeyChecking=yes",
        "-o", "ConnectTimeout=10",

        // A connection that leads nowhere ends after 20 to 30 s, and what it holds is lost.
        "-o", "ServerAliveInterval=10",
        "-o", "ServerAliveCountMax=2",

        // A connection that is shared with others would neither end with this process nor hold its sockets.
        "-o", "ControlMaster=no",
        "-o", "ControlPath=none",
        "-o", "RemoteCommand=none",
        "-o", "PermitLocalCommand=no",
        "-o", "LogLevel=INFO",
        "-o", "ExitOnForwardFailure=yes",
        "-o", "StreamLocalBindUnlink=yes",
        "-o", "StreamLocalBindMask=0177",
        "-L", $"{localSocket}:{target.Socket}",
        .. target.Arguments,
        "/bin/sh",
    ];
}
