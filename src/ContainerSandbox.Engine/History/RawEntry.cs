namespace ContainerSandbox.Engine.History;

/// <summary>One sample as it is kept.</summary>
internal struct RawEntry
{
    /// <summary>When it came, by <see cref="HistoryMoment.At"/>.</summary>
    public long At;

    /// <summary>When it was taken, in milliseconds since 1970.</summary>
    public long Wall;

    public LatestFigures Latest;
    public long Memory;

    /// <summary>In thousandths of a percent.</summary>
    public int Cpu;

    public int Processes;

    /// <summary>Index of the reason why there are no figures; 0 when there are.</summary>
    public ushort Reason;
}
