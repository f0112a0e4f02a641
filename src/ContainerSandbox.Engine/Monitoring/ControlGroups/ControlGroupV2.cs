using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Monitoring.ControlGroups;

/// <summary>A control group of version 2, with everything in one folder.</summary>
internal sealed class ControlGroupV2(string folder, ControlGroupFile? network) : ControlGroup(network)
{
    private readonly ControlGroupFile? _memory = ControlGroupFile.Open(folder + "/memory.current");
    private readonly ControlGroupFile? _memoryStatistics = ControlGroupFile.Open(folder + "/memory.stat");
    private readonly ControlGroupFile? _memoryEvents = ControlGroupFile.Open(folder + "/memory.events");
    private readonly ControlGroupFile? _memoryPressure = ControlGroupFile.Open(folder + "/memory.pressure");
    private readonly ControlGroupFile? _processor = ControlGroupFile.Open(folder + "/cpu.stat");
    private readonly ControlGroupFile? _processes = ControlGroupFile.Open(folder + "/pids.current");
    private readonly ControlGroupFile? _disks = ControlGroupFile.Open(folder + "/io.stat");

    protected override ResourceReading ReadGroup(Span<byte> buffer)
    {
        var usage = _memory is null ? null : ControlGroupText.Number(_memory.Read(buffer));
        var reading = new ResourceReading { ProcessCount = _processes is null ? null : (int?)ControlGroupText.Number(_processes.Read(buffer)) };
        if (_memoryStatistics is not null)
        {
            var text = _memoryStatistics.Read(buffer);
            reading = reading with
            {
                MemoryUsage = Without(usage, ControlGroupText.Field(text, "inactive_file"u8)),
                MemoryFileSystemUsage = ControlGroupText.Field(text, "shmem"u8),
            };
        }

        if (_processor is not null)
        {
            var text = _processor.Read(buffer);
            reading = reading with
            {
                CpuTime = Microseconds(ControlGroupText.Field(text, "usage_usec"u8)),
                Periods = ControlGroupText.Field(text, "nr_periods"u8),
                ThrottledPeriods = ControlGroupText.Field(text, "nr_throttled"u8),
                ThrottledTime = Microseconds(ControlGroupText.Field(text, "throttled_usec"u8)),
            };
        }

        if (_disks is not null)
        {
            // A container that never touched a disk has no line.
            var text = _disks.Read(buffer);
            reading = reading with
            {
                DiskReadBytes = ControlGroupText.Sum(text, "rbytes="u8) ?? 0,
                DiskWriteBytes = ControlGroupText.Sum(text, "wbytes="u8) ?? 0,
            };
        }

        if (_memoryEvents is not null)
            reading = reading with { OomKills = ControlGroupText.Field(_memoryEvents.Read(buffer), "oom_kill"u8) };
        return _memoryPressure is null ? reading
            : reading with { MemoryPressurePercent = ControlGroupText.Share(_memoryPressure.Read(buffer), "some "u8, "avg10="u8) };
    }

    protected override void DisposeGroup()
    {
        foreach (var file in (ControlGroupFile?[])[_memory, _memoryStatistics, _memoryEvents, _memoryPressure, _processor, _processes, _disks])
            file?.Dispose();
    }
}
