namespace ContainerSandbox;

/// <summary>A figure of an environment's use.</summary>
public enum ResourceFigure
{
    /// <summary>Memory in use, in bytes.</summary>
    Memory,

    /// <summary>Processor use in percent; 100 is one core.</summary>
    Cpu,

    /// <summary>Number of processes.</summary>
    Processes,

    /// <summary>Reading from block devices, in bytes per second.</summary>
    DiskRead,

    /// <summary>Writing to block devices, in bytes per second.</summary>
    DiskWrite,

    /// <summary>Receiving over networks, in bytes per second.</summary>
    NetworkReceive,

    /// <summary>Sending over networks, in bytes per second.</summary>
    NetworkSend,
}
