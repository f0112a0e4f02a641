namespace ContainerSandbox.Engine.Monitoring;

/// <summary>Whether the containers of one engine run on this machine, as their first ones showed.</summary>
internal sealed class Whereabouts
{
    // One container may end while it is looked for. Several in a row do not.
    private const int EnoughStrangers = 3;

    private int _strangers;
    private volatile bool _isHere;

    /// <summary>True when looking for further containers here is of no use.</summary>
    public bool IsElsewhere => !_isHere && Volatile.Read(ref _strangers) >= EnoughStrangers;

    /// <summary>A container was looked for.</summary>
    public void Add(bool wasFound)
    {
        if (wasFound)
            _isHere = true;
        else
            Interlocked.Increment(ref _strangers);
    }
}
