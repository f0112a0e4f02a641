namespace ContainerSandbox;

/// <summary>What becomes of ready containers when the name of their image comes to stand for another one. Claimed ones always stay.</summary>
public enum ImageChangePolicy
{
    /// <summary>They serve claims until others are there in their place.</summary>
    Replenish,

    /// <summary>They end at once; claims start containers of their own until others are there.</summary>
    Recreate,

    /// <summary>They stay, and new ones are made from the image that the name stood for at first.</summary>
    Ignore,
}
