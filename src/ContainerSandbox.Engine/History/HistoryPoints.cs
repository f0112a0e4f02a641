using static ContainerSandbox.Engine.History.FixedPoint;

namespace ContainerSandbox.Engine.History;

/// <summary>Makes of what is kept what people see.</summary>
internal sealed class HistoryPoints(EnvironmentHistory history, GapReasons reasons)
{
    public HistoryReading Of(RawEntry entry)
    {
        var (memory, cpu, processes) = (ToCount(entry.Memory), ToPercent(entry.Cpu), ToCount(entry.Processes));
        var point = Begin(entry.Wall, TimeSpan.Zero, 1, entry.Reason == 0 ? 0 : 1, entry.Latest, entry.Reason) with
        {
            MemoryMinimum = memory, MemoryMean = memory, MemoryMaximum = memory,
            CpuMinimum = cpu, CpuMean = cpu, CpuMaximum = cpu,
            ProcessMinimum = processes, ProcessMean = processes, ProcessMaximum = processes,
        };
        return new HistoryReading(TimeSpan.FromTicks(entry.At), point);
    }

    public HistoryReading Of(StretchEntry entry, TimeSpan length)
    {
        var point = Begin(entry.Wall, length, entry.Samples, entry.Gaps, entry.Latest, entry.Reason) with
        {
            MemoryMinimum = ToCount(entry.MemoryMinimum),
            MemoryMean = ToCount(entry.MemoryMean),
            MemoryMaximum = ToCount(entry.MemoryMaximum),
            CpuMinimum = ToPercent(entry.CpuMinimum),
            CpuMean = ToPercent(entry.CpuMean),
            CpuMaximum = ToPercent(entry.CpuMaximum),
            ProcessMinimum = ToCount(entry.ProcessMinimum),
            ProcessMean = ToMean(entry.ProcessMean),
            ProcessMaximum = ToCount(entry.ProcessMaximum),
        };
        return new HistoryReading((entry.Number * length) + (length / 2), point);
    }

    private ResourceHistoryPoint Begin(long wall, TimeSpan length, int samples, int gaps, LatestFigures latest, ushort reason) => new()
    {
        AgentId = history.AgentId,
        SandboxId = history.SandboxId,
        EnvironmentId = history.EnvironmentId,
        Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(wall),
        Resolution = length,
        Samples = samples,
        Gaps = gaps,
        MemoryLimit = ToCount(latest.MemoryLimit),
        ThrottledTime = ToTime(latest.ThrottledTicks),
        DiskReadBytes = ToCount(latest.DiskRead),
        DiskWriteBytes = ToCount(latest.DiskWritten),
        NetworkReceivedBytes = ToCount(latest.NetworkReceived),
        NetworkSentBytes = ToCount(latest.NetworkSent),
        GapReason = reasons[reason],
    };
}
