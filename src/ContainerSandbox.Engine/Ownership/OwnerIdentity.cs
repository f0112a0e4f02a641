using System.Globalization;

namespace ContainerSandbox.Engine.Ownership;

/// <summary>The process that owns a sandbox, written so that another can tell whether it is still alive.</summary>
/// <param name="Machine">The machine's id; empty where it has none, which proves nothing. Cloned machines share one.</param>
/// <param name="Boot">The id of the machine's present run.</param>
/// <param name="ProcessNamespace">The namespace in which the process id means something.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="StartTime">When the process started, in the kernel's own count: a process id is used again, the pair is not.</param>
internal sealed record OwnerIdentity(string Machine, string Boot, string ProcessNamespace, int ProcessId, string StartTime)
{
    private const int StartTimeField = 22;

    /// <summary>This process.</summary>
    public static OwnerIdentity Current { get; } = new(
        ReadOrEmpty("/etc/machine-id"),
        ReadOrEmpty("/proc/sys/kernel/random/boot_id"),
        NamespaceOfThis(),
        Environment.ProcessId,
        StartTimeOf(Environment.ProcessId) ?? "");

    /// <summary>True when it is sure that the process is gone, seen from here.</summary>
    public bool IsProvablyDead(OwnerIdentity here) => CanBeJudged(here) && StartTimeOf(ProcessId) != StartTime;

    /// <summary>True when it can be told from here whether the process lives.</summary>
    public bool CanBeJudged(OwnerIdentity here) =>
        ProcessId > 0 && Machine.Length > 0 && Boot.Length > 0 && ProcessNamespace.Length > 0 && StartTime.Length > 0
        && Machine == here.Machine && Boot == here.Boot && ProcessNamespace == here.ProcessNamespace && SeesOthers;

    // Where /proc is mounted with hidepid, the processes of other users look as if they were gone.
    private static bool SeesOthers => StartTimeOf(1) is not null;

    // The second field is the program's name in brackets and may hold anything; what follows it is plain.
    private static string? StartTimeOf(int processId)
    {
        var stat = ReadOrEmpty(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > StartTimeField - 3 && fields[0] is not ("Z" or "X") ? fields[StartTimeField - 3] : null;
    }

    private static string NamespaceOfThis()
    {
        try
        {
            return new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
