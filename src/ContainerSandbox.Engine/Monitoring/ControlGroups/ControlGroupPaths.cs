using System.Globalization;

namespace ContainerSandbox.Engine.Monitoring.ControlGroups;

/// <summary>
/// Where the control groups of a process are in the file system, by what the kernel says of the process and of what is mounted: controllers
/// of version 1 may be mounted each at a place of its own, and beside an empty version 2.
/// </summary>
/// <param name="root">Where the file system begins; <c>/</c> but in tests.</param>
internal sealed class ControlGroupPaths(string root)
{
    private const string Unified = "";

    private readonly string _root = root.TrimEnd('/');

    /// <summary>The folders of a process's groups by controller, and under the empty name that of version 2; empty when there is no such process.</summary>
    /// <param name="processId">The process.</param>
    /// <exception cref="IOException">The kernel's files cannot be read.</exception>
    public IReadOnlyDictionary<string, string> Of(int processId)
    {
        var groups = GroupsOf(processId);
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        if (groups.Count == 0)
            return folders;
        foreach (var (controllers, mountRoot, mountPoint) in Mounts())
        {
            foreach (var controller in controllers)
            {
                if (groups.TryGetValue(controller, out var path) && Below(path, mountRoot) is { } relative)
                    folders.TryAdd(controller, _root + mountPoint.TrimEnd('/') + relative);
            }
        }

        return folders;
    }

    /// <summary>The folder of a process in the proc file system.</summary>
    public string ProcessFolder(int processId) => string.Create(CultureInfo.InvariantCulture, $"{_root}/proc/{processId}");

    private Dictionary<string, string> GroupsOf(int processId)
    {
        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        string[] lines;
        try
        {
            lines = File.ReadAllLines(ProcessFolder(processId) + "/cgroup");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return groups;
        }

        foreach (var parts in lines.Select(line => line.Split(':', 3)).Where(parts => parts.Length == 3))
        {
            foreach (var controller in parts[1].Split(','))
                groups[controller] = parts[2];
        }

        return groups;
    }

    // Each line: number, parent, device, root, mount point, options, optional fields, "-", type, source, options of the file system.
    private IEnumerable<(string[] Controllers, string Root, string Point)> Mounts()
    {
        foreach (var line in File.ReadAllLines(_root + "/proc/self/mountinfo"))
        {
            var halves = line.Split(" - ", 2);
            var (place, system) = (halves[0].Split(' '), halves[^1].Split(' '));
            if (halves.Length < 2 || place.Length < 5 || system.Length < 3)
                continue;
            if (system[0] == "cgroup2")
                yield return ([Unified], place[3], place[4]);
            else if (system[0] == "cgroup")
                yield return (system[2].Split(','), place[3], place[4]);
        }
    }

    private static string? Below(string path, string mountRoot)
    {
        if (mountRoot == "/")
            return path;
        return path == mountRoot ? "" : path.StartsWith(mountRoot + "/", StringComparison.Ordinal) ? path[mountRoot.Length..] : null;
    }
}
