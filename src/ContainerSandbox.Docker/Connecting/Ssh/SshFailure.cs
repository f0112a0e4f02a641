using System.Net.Sockets;
using ContainerSandbox.Docker.Calls;

namespace ContainerSandbox.Docker.Connecting.Ssh;

/// <summary>Turns what ssh and the other machine say into failures of the port.</summary>
internal static class SshFailure
{
    private static readonly string[] Refusals = ["Permission denied (", "Too many authentication failures", "No supported authentication methods"];

    /// <summary>ssh ended instead of connecting.</summary>
    public static Exception Ended(SshTarget target, string said)
    {
        if (said.Contains("REMOTE HOST IDENTIFICATION HAS CHANGED", StringComparison.Ordinal))
            return NotTrusted(target, "shows another host key than the one that is known for it, so that it may be another machine");
        if (said.Contains("Host key verification failed", StringComparison.Ordinal))
            return NotTrusted(target, "shows a host key that is not known");
        var last = Last(said);
        return Refusals.Any(refusal => said.Contains(refusal, StringComparison.Ordinal)) ? Refused(target, last) : Unreachable($"ssh ended: {last}");
    }

    /// <summary>There is no ssh client.</summary>
    public static Exception NoClient() =>
        Unreachable("there is no ssh client on the PATH of this machine; install one (for example `apt-get install openssh-client`)");

    /// <summary>It took too long.</summary>
    public static Exception TooLate(TimeSpan deadline) =>
        new EngineUnreachableException(SocketError.TimedOut, $"ssh did not get through within {deadline.TotalSeconds:0} s");

    /// <summary>The machine has no such socket.</summary>
    public static Exception NoSocket(SshTarget target) => Unreachable(
        $"there is no socket '{target.Socket}' on {target.Host}; start the engine there, or name its socket in the address (`ssh://{target.Host}/run/user/1000/docker.sock`)");

    /// <summary>The user there may not use the socket.</summary>
    public static Exception SocketDenied(SshTarget target) => new SandboxException(
        SandboxErrorId.EngineAccessDenied, SandboxErrorCategory.PermissionDenied,
        $"The user that ssh logs in as may not use the socket '{target.Socket}' on {target.Host}. Add that user there to the group that owns the socket (`sudo usermod -aG docker NAME`), or name another user in the address (`ssh://NAME@{target.Host}`).",
        target.Address);

    private static SandboxException NotTrusted(SshTarget target, string reason) => EngineCertificates.NotTrusted(
        target.Address,
        $"{target.Host} {reason}",
        $"Compare its keys with what whoever runs it says, then let ssh know them: connect once by hand (`{target.ByHand}`), or mend the line in known_hosts.",
        null);

    private static SandboxException Refused(SshTarget target, string last) => new(
        SandboxErrorId.EngineAccessDenied, SandboxErrorCategory.PermissionDenied,
        $"{target.Host} does not let you in over ssh: {last}. Make `{target.ByHand}` work without a question: with a key that the host accepts, without a passphrase or in an agent.",
        target.Address);

    private static EngineUnreachableException Unreachable(string reason) => new(SocketError.HostUnreachable, reason);

    private static string Last(string said) =>
        said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [.., var last] ? EngineText.Shorten(last.TrimEnd('.')) : "it said nothing";
}
