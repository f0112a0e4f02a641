using System.Diagnostics;
using System.Globalization;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>The shells of this machine, as images have them for /bin/sh.</summary>
internal static class LocalShell
{
    public const string Busybox = "busybox";
    public const string Dash = "dash";
    public const string Bash = "bash";

    // Whose processes a command left is told by the group: only root can give each session one of its own.
    private static readonly bool CanSetGroup = Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv");

    /// <summary>The group that a session has which was asked for another.</summary>
    public static long GroupOf(long groupId) => CanSetGroup ? groupId : OwnGroup();

    /// <summary>Starts a session program, such as <c>/bin/sh -c loop sh group</c>, in one of the shells.</summary>
    public static Process Start(string shell, IReadOnlyList<string> program, long groupId, string workingDirectory)
    {
        string[] arguments = [.. program.Skip(1).SkipLast(1), $"{GroupOf(groupId)}"];
        string[] command = shell switch
        {
            Busybox => ["busybox", "sh", .. arguments],
            Bash => ["bash", "--posix", .. arguments],
            _ => [shell, .. arguments],
        };
        string[] whole = CanSetGroup ? ["setpriv", "--regid", $"{groupId}", "--clear-groups", "--", .. command] : command;
        var start = new ProcessStartInfo(whole[0], whole[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        start.Environment["HOME"] = workingDirectory;
        return Process.Start(start) ?? throw new InvalidOperationException($"{shell} could not be started.");
    }

    private static long OwnGroup() => long.Parse(
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith("Gid:", StringComparison.Ordinal)).Split('\t')[1],
        CultureInfo.InvariantCulture);
}
