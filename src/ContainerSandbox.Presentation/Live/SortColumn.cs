namespace ContainerSandbox.Presentation.Live;

/// <summary>What agents are sorted by, in the order in which a key goes through them.</summary>
internal enum SortColumn
{
    /// <summary>Those that need attention first.</summary>
    Health,

    /// <summary>By name.</summary>
    Agent,

    /// <summary>Most memory first.</summary>
    Memory,

    /// <summary>Most processor use first.</summary>
    Cpu,

    /// <summary>Most processes first.</summary>
    Processes,

    /// <summary>By specialization.</summary>
    Specialization,

    /// <summary>Those that do not run first.</summary>
    State,

    /// <summary>By where their containers came from.</summary>
    Source,
}
