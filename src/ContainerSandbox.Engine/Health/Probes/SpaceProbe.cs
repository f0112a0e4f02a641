using System.Globalization;
using ContainerSandbox.Engine.Diagnosis;
using ContainerSandbox.Engine.Environments;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Health.Probes;

/// <summary>
/// Looks how full the places are that an agent writes to. A folder of this machine is looked at from here, and so is what is in the memory of a
/// container that runs here where this process is root. Of all others the spare session tells, which no command of the agent ever had.
/// </summary>
internal sealed class SpaceProbe(TimeProvider timeProvider)
{
    // Where nothing can be started any more some shells end when they try, and the spare is what would end the processes.
    private const int ProcessesNeeded = 8;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);
    private static readonly string[] InMemory = [SlotPaths.Workspace, SlotPaths.Temporary, SlotPaths.Home, SlotPaths.SharedMemory];

    /// <summary>Looks. What cannot be seen is left out.</summary>
    public async Task<IReadOnlyList<SpaceUse>> RunAsync(LiveEnvironment environment, CancellationToken cancellationToken)
    {
        var seen = LookNow(environment);
        var unseen = Places(environment).Where(path => seen.All(each => each.Path != path)).ToList();
        return unseen.Count == 0 ? seen : [.. seen, .. await AskAsync(environment, unseen, cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>Looks where that needs nobody's answer: at what is known to be on this machine.</summary>
    public static IReadOnlyList<SpaceUse> LookNow(LiveEnvironment environment)
    {
        var slot = environment.Slot;
        List<SpaceUse> found = [];
        if (slot.Workspace is { } folder && FileSystemRoom.Of(folder.Path) is { } room)
            found.Add(Use(SlotPaths.Workspace, room, isInMemory: false));

        // Where a process number is known the container was proved to run here. Only root may look into it.
        if (!Environment.IsPrivilegedProcess || slot.Gauge?.ProcessId is not { } processId)
            return found;
        foreach (var path in Places(environment))
        {
            if (FileSystemRoom.Of($"/proc/{processId}/root{path}") is { } seen)
                found.Add(Use(path, seen, isInMemory: true));
        }

        return found;
    }

    private static string[] Places(LiveEnvironment environment) => environment.Slot.Workspace is null ? InMemory : InMemory[1..];

    private static SpaceUse Use(string path, FileSystemRoom room, bool isInMemory) =>
        new(path, room.Bytes, room.Bytes - room.FreeBytes, room.Files, room.Files - room.FreeFiles, isInMemory);

    private async Task<IEnumerable<SpaceUse>> AskAsync(LiveEnvironment environment, List<string> paths, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Deadline, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var (_, answer) = await environment.Slot.Sessions.AskSpareAsync(
                Question(paths, environment.Slot.Limits.PidsLimit - ProcessesNeeded), either.Token).ConfigureAwait(false);
            return answer.Split('\n').Zip(paths, Read).OfType<SpaceUse>();
        }
        catch (Exception exception) when (exception is SandboxException || !cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }

    // How many processes there are can be read without starting one, and evaluated by command a fork that fails ends nothing.
    private static string Question(List<string> paths, long mostProcesses) => $$"""
        __cs_j=0
        { read -r __cs_j </sys/fs/cgroup/pids.current || read -r __cs_j </sys/fs/cgroup/pids/pids.current; } 2>/dev/null
        [ "${__cs_j:-0}" -lt {{mostProcesses.ToString(CultureInfo.InvariantCulture)}} ] && command eval 'stat -f -c "%b %f %S %c %d" {{string.Join(' ', paths)}} 2>/dev/null'
        """;

    private static SpaceUse? Read(string line, string path)
    {
        var words = line.Split(' ');
        var numbers = new double[words.Length];
        for (var index = 0; index < words.Length; index++)
        {
            if (!double.TryParse(words[index], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[index]))
                return null;
        }

        return numbers is [var blocks, var free, var size, var files, var freeFiles] && blocks >= free && files >= freeFiles
            ? new SpaceUse(path, blocks * size, (blocks - free) * size, files, files - freeFiles) : null;
    }
}
