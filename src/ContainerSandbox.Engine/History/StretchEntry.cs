namespace ContainerSandbox.Engine.History;

/// <summary>What the samples of one stretch of time showed, as it is kept.</summary>
internal struct StretchEntry
{
    /// <summary>When it began by the clock on the wall, in milliseconds since 1970.</summary>
    public long Wall;

    public LatestFigures Latest;
    public long MemoryMinimum;
    public long MemoryMean;
    public long MemoryMaximum;

    /// <summary>Its number: <see cref="HistoryMoment.At"/> divided by its length.</summary>
    public int Number;

    /// <summary>In thousandths of a percent, as the next two.</summary>
    public int CpuMinimum;

    public int CpuMean;
    public int CpuMaximum;
    public int ProcessMinimum;

    /// <summary>In hundredths.</summary>
    public int ProcessMean;

    public int ProcessMaximum;
    public int Samples;
    public int Gaps;

    /// <summary>Index of the reason why figures are missing, by the newest sample without; 0 when none is.</summary>
    public ushort Reason;
}
