using System.Globalization;

namespace ContainerSandbox.Benchmarks.Raw;

/// <summary>What processes hold of the machine.</summary>
/// <param name="Memory">Resident memory in bytes.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Handles">Open file descriptors.</param>
internal readonly record struct ProcessFootprint(long Memory, int Threads, int Handles)
{
    public static ProcessFootprint operator +(ProcessFootprint one, ProcessFootprint other) =>
        new(one.Memory + other.Memory, one.Threads + other.Threads, one.Handles + other.Handles);

    /// <summary>Reads it from /proc.</summary>
    public static ProcessFootprint Of(int processId)
    {
        var status = File.ReadAllLines($"/proc/{processId}/status");
        return new ProcessFootprint(
            Number(status, "VmRSS:") * 1024, (int)Number(status, "Threads:"), Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length);
    }

    /// <summary>The process that started another; 0 when there is none.</summary>
    public static int ParentOf(int processId) => (int)Number(File.ReadAllLines($"/proc/{processId}/status"), "PPid:");

    private static long Number(string[] status, string name)
    {
        var line = status.First(each => each.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
