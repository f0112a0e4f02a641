namespace ContainerSandbox.Engine.History;

/// <summary>The stretch of time that goes on.</summary>
internal struct OpenStretch
{
    private RunningFigure _memory;
    private RunningFigure _cpu;
    private RunningFigure _processes;
    private StretchEntry _entry;

    public static OpenStretch Begin(int number, long wall) =>
        new() { _entry = new StretchEntry { Number = number, Wall = wall, Latest = LatestFigures.Nothing } };

    public readonly int Number => _entry.Number;

    public readonly bool IsEmpty => _entry.Samples == 0;

    public void Add(in RawEntry sample)
    {
        _memory.Add(sample.Memory);
        _cpu.Add(sample.Cpu);
        _processes.Add(sample.Processes);
        _entry.Latest.Take(sample.Latest);
        _entry.Samples++;
        if (sample.Reason == 0)
            return;
        _entry.Gaps++;
        _entry.Reason = sample.Reason;
    }

    /// <summary>What it came to so far.</summary>
    public readonly StretchEntry ToEntry() => _entry with
    {
        MemoryMinimum = _memory.Minimum,
        MemoryMean = _memory.Mean(),
        MemoryMaximum = _memory.Maximum,
        CpuMinimum = (int)_cpu.Minimum,
        CpuMean = (int)_cpu.Mean(),
        CpuMaximum = (int)_cpu.Maximum,
        ProcessMinimum = (int)_processes.Minimum,
        ProcessMean = (int)Math.Min(_processes.Mean(100), int.MaxValue),
        ProcessMaximum = (int)_processes.Maximum,
    };
}
