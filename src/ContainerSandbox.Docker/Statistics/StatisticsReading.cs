using ContainerSandbox.Engine.Backends;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Statistics;

/// <summary>Turns the engine's statistics into a reading, as the docker command line shows them.</summary>
internal static class StatisticsReading
{
    /// <summary>The reading; null for a container that does not run, of which the engine tells nothing but zeros.</summary>
    public static ResourceReading? From(ContainerStatsResponse? answer)
    {
        if (answer?.MemoryStats is not { Usage: > 0 and { } usage } memory)
            return null;
        var details = memory.Stats ?? new Dictionary<string, ulong>();
        var isFirstVersion = details.ContainsKey("total_inactive_file");
        var inactive = details.TryGetValue(isFirstVersion ? "total_inactive_file" : "inactive_file", out var file) ? file : 0;
        var throttling = answer.CPUStats?.ThrottlingData;
        return new ResourceReading
        {
            MemoryUsage = (long)(usage - Math.Min(inactive, usage)),
            MemoryFileSystemUsage = details.TryGetValue(isFirstVersion ? "total_shmem" : "shmem", out var shared) ? (long)shared : null,
            CpuTime = answer.CPUStats?.CPUUsage is { } processor ? Nanoseconds(processor.TotalUsage) : null,
            ThrottledTime = throttling is null ? null : Nanoseconds(throttling.ThrottledTime),
            Periods = (long?)throttling?.Periods,
            ThrottledPeriods = (long?)throttling?.ThrottledPeriods,
            ProcessCount = answer.PidsStats is { } processes ? (int?)processes.Current : null,
            DiskReadBytes = Bytes(answer.BlkioStats, "read"),
            DiskWriteBytes = Bytes(answer.BlkioStats, "write"),
            NetworkReceivedBytes = answer.Networks?.Values.Sum(network => (long)network.RxBytes),
            NetworkSentBytes = answer.Networks?.Values.Sum(network => (long)network.TxBytes),
        };
    }

    private static long Bytes(BlkioStats? disks, string operation) => disks?.IoServiceBytesRecursive?
        .Where(entry => string.Equals(entry.Op, operation, StringComparison.OrdinalIgnoreCase)).Sum(entry => (long)entry.Value) ?? 0;

    private static TimeSpan Nanoseconds(ulong count) => TimeSpan.FromTicks((long)(count / TimeSpan.NanosecondsPerTick));
}
