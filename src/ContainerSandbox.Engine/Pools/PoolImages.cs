namespace ContainerSandbox.Engine.Pools;

/// <summary>Tells pools which slots were made from an image that its name does not stand for any more.</summary>
/// <param name="find">The identity that a name stands for; null while it is not known.</param>
/// <param name="policy">What becomes of such slots.</param>
internal sealed class PoolImages(Func<string, string?> find, ImageChangePolicy policy)
{
    /// <summary>Of images that never change.</summary>
    public static PoolImages Fixed { get; } = new(_ => null, ImageChangePolicy.Ignore);

    /// <summary>True when such slots serve claims until others are there.</summary>
    public bool MayBeEarlier => policy != ImageChangePolicy.Recreate;

    /// <summary>True when a name stands for another image by now.</summary>
    public bool IsEarlier(string reference, string imageId) => find(reference) is { } now && now != imageId;
}
