namespace ContainerSandbox.Engine.Pools;

/// <summary>
/// Counts containers that end soon after they were ready. Each start of such a container succeeds, so that without this count they would
/// be replaced for ever at full speed. The first is chance, and all are forgotten when later ones live.
/// </summary>
internal sealed class EarlyDeaths(TimeProvider timeProvider)
{
    /// <summary>How long a container lives before its end says nothing about its start.</summary>
    public static readonly TimeSpan Probation = TimeSpan.FromSeconds(10);

    private int _inARow;
    private long? _last;
    private long? _firstReadySince;
    private SandboxException? _error;

    /// <summary>Those in a row after the first.</summary>
    public int Count => Math.Max(0, InARow - 1);

    /// <summary>What to say about them; null when there are none.</summary>
    public SandboxException? Error => Count == 0 ? null : _error;

    private int InARow => IsForgotten ? 0 : _inARow;

    private bool IsForgotten => _firstReadySince is { } since && timeProvider.GetElapsedTime(since) >= Probation;

    /// <summary>A container became ready.</summary>
    public void BecameReady() => _firstReadySince ??= timeProvider.GetTimestamp();

    /// <summary>A container ended; true when that is one more after the first.</summary>
    public bool Add(long readySince, string image)
    {
        var lived = timeProvider.GetElapsedTime(readySince);
        if (lived >= Probation)
            return false;

        // What was ready before the last one died has died of the same cause: all containers of an engine that was killed are one death.
        if (readySince < _last)
            return false;
        _inARow = InARow + 1;
        _last = timeProvider.GetTimestamp();
        _firstReadySince = null;
        _error = new SandboxException(
            SandboxErrorId.EngineError,
            SandboxErrorCategory.ResourceUnavailable,
            $"A container of '{image}' ended by itself {lived.TotalSeconds:0.#} s after it was ready. Look at the engine's log and its memory.",
            image);
        return Count > 0;
    }
}
