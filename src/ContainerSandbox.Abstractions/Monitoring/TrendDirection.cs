namespace ContainerSandbox;

/// <summary>Where a figure goes, in a word.</summary>
public enum TrendDirection
{
    /// <summary>It stays as it is, apart from what it always does, and from a shift that happened once.</summary>
    Stable,

    /// <summary>It grows.</summary>
    Rising,

    /// <summary>It shrinks.</summary>
    Falling,

    /// <summary>It goes up and down too much to say more.</summary>
    Erratic,
}
