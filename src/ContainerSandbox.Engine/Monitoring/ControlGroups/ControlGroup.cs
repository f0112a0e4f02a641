using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Monitoring.ControlGroups;

/// <summary>The control group of one container on this machine, read through files that are kept open.</summary>
internal abstract class ControlGroup(ControlGroupFile? network) : IDisposable
{
    [ThreadStatic]
    private static byte[]? _buffer;

    /// <summary>
    /// Opens the group of a container, where the container runs on this machine. That is proved: the process is there, and its group has the
    /// container's id in its name.
    /// </summary>
    /// <param name="paths">Where things are.</param>
    /// <param name="processId">The container's main process, by the engine's word.</param>
    /// <param name="containerId">The container's id.</param>
    /// <param name="hasNetwork">False without a network, whose counters would count nothing.</param>
    /// <returns>Null when the container does not run here.</returns>
    /// <exception cref="IOException">The kernel's files cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read them.</exception>
    public static ControlGroup? Open(ControlGroupPaths paths, int processId, string containerId, bool hasNetwork)
    {
        var folders = paths.Of(processId);
        if (!folders.TryGetValue("memory", out var memory) && !folders.TryGetValue("", out memory))
            return null;
        if (!memory.Contains(containerId, StringComparison.Ordinal))
            return null;
        var network = hasNetwork ? ControlGroupFile.Open(paths.ProcessFolder(processId) + "/net/dev") : null;
        return folders.ContainsKey("memory") ? new ControlGroupV1(folders, network) : new ControlGroupV2(memory, network);
    }

    /// <summary>Reads what its container uses.</summary>
    /// <exception cref="IOException">It is gone.</exception>
    public ResourceReading Read()
    {
        var buffer = _buffer ??= new byte[ControlGroupFile.Longest];
        var reading = ReadGroup(buffer);
        if (network is null)
            return reading;
        var (received, sent) = NetworkCounters.Sum(network.Read(buffer));
        return reading with { NetworkReceivedBytes = received, NetworkSentBytes = sent };
    }

    public void Dispose()
    {
        network?.Dispose();
        DisposeGroup();
    }

    protected abstract ResourceReading ReadGroup(Span<byte> buffer);

    protected abstract void DisposeGroup();

    protected static long? Without(long? usage, long? inactive) => usage is { } all ? all - Math.Min(inactive ?? 0, all) : null;

    protected static TimeSpan? Nanoseconds(long? count) => count is { } number ? TimeSpan.FromTicks(number / TimeSpan.NanosecondsPerTick) : null;

    protected static TimeSpan? Microseconds(long? count) => count is { } number ? TimeSpan.FromTicks(number * TimeSpan.TicksPerMicrosecond) : null;
}
