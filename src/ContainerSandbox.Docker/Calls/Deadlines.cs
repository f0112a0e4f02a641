namespace ContainerSandbox.Docker.Calls;

/// <summary>
/// How long the engine may take to answer. Generous next to what a loaded engine needs, short next to a person's patience: a call that
/// exceeds them hangs, and hanging ones are what they are for.
/// </summary>
internal static class Deadlines
{
    /// <summary>The first answer of a connection; the whole of connecting to a silent engine may take 5 s.</summary>
    public static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(4);

    /// <summary>Getting through over ssh, which ends in time by itself and then says why.</summary>
    public static readonly TimeSpan FirstAnswerOverSsh = TimeSpan.FromSeconds(20);

    /// <summary>Questions: version, information, lists, inspections.</summary>
    public static readonly TimeSpan Question = TimeSpan.FromSeconds(10);

    /// <summary>Changes of a container.</summary>
    public static readonly TimeSpan Change = TimeSpan.FromSeconds(10);

    /// <summary>Making and starting, which wait for disks and for each other.</summary>
    public static readonly TimeSpan Start = TimeSpan.FromSeconds(30);

    /// <summary>Removal, which waits for the kernel to end processes.</summary>
    public static readonly TimeSpan Remove = TimeSpan.FromSeconds(20);

    /// <summary>Silence in the middle of a pull.</summary>
    public static readonly TimeSpan PullSilence = TimeSpan.FromSeconds(60);
}
