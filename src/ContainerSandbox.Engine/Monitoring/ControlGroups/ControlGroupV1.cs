using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Monitoring.ControlGroups;

/// <summary>A control group of version 1, whose controllers each have a folder of their own.</summary>
internal sealed class ControlGroupV1(IReadOnlyDictionary<string, string> folders, ControlGroupFile? network) : ControlGroup(network)
{
    private readonly ControlGroupFile? _memory = Open(folders, "memory", "memory.usage_in_bytes");
    private readonly ControlGroupFile? _memoryStatistics = Open(folders, "memory", "memory.stat");
    private readonly ControlGroupFile? _outOfMemory = Open(folders, "memory", "memory.oom_control");
    private readonly ControlGroupFile? _processor = Open(folders, "cpuacct", "cpuacct.usage");
    private readonly ControlGroupFile? _throttling = Open(folders, "cpu", "cpu.stat");
    private readonly ControlGroupFile? _processes = Open(folders, "pids", "pids.current");
    private readonly ControlGroupFile? _disks = Open(folders, "blkio", "blkio.throttle.io_service_bytes");

    protected override ResourceReading ReadGroup(Span<byte> buffer)
    {
        var usage = Number(_memory, buffer);
        var reading = new ResourceReading { CpuTime = Nanoseconds(Number(_processor, buffer)), ProcessCount = (int?)Number(_processes, buffer) };
        if (_memoryStatistics is not null)
        {
            var text = _memoryStatistics.Read(buffer);
            reading = reading with
            {
                MemoryUsage = Without(usage, ControlGroupText.Field(text, "total_inactive_file"u8)),
                MemoryFileSystemUsage = ControlGroupText.Field(text, "total_shmem"u8),
            };
        }

        if (_throttling is not null)
        {
            var text = _throttling.Read(buffer);
            reading = reading with
            {
                Periods = ControlGroupText.Field(text, "nr_periods"u8),
                ThrottledPeriods = ControlGroupText.Field(text, "nr_throttled"u8),
                ThrottledTime = Nanoseconds(ControlGroupText.Field(text, "throttled_time"u8)),
            };
        }

        if (_disks is not null)
        {
            // A container that never touched a disk has no line but the total.
            var text = _disks.Read(buffer);
            reading = reading with
            {
                DiskReadBytes = ControlGroupText.Sum(text, " Read "u8) ?? 0,
                DiskWriteBytes = ControlGroupText.Sum(text, " Write "u8) ?? 0,
            };
        }

        return _outOfMemory is null ? reading : reading with { OomKills = ControlGroupText.Field(_outOfMemory.Read(buffer), "oom_kill"u8) };
    }

    protected override void DisposeGroup()
    {
        foreach (var file in (ControlGroupFile?[])[_memory, _memoryStatistics, _outOfMemory, _processor, _throttling, _processes, _disks])
            file?.Dispose();
    }

    private static ControlGroupFile? Open(IReadOnlyDictionary<string, string> folders, string controller, string name) =>
        ControlGroupFile.Open(folders.TryGetValue(controller, out var folder) ? $"{folder}/{name}" : null);

    private static long? Number(ControlGroupFile? file, Span<byte> buffer) => file is null ? null : ControlGroupText.Number(file.Read(buffer));
}
