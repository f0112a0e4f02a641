namespace ContainerSandbox.Engine.Pools;

/// <summary>
/// How many containers a pool starts at once, and how long it waits after trouble. The first filling is wide. Refill is what claims wait
/// for, so it is narrow while the pool is nearly full; below that it is wider, since a claim that finds nothing ready waits much longer.
/// Within these bounds the measured starts per second decide. Its holder sees to one caller at a time.
/// </summary>
internal sealed class RefillPace
{
    private const int TroublesUntilDegraded = 3;

    // With the starts that follow it, what failed for long is whole again within half a minute after its cause has gone.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly int _first;
    private readonly int _later;
    private readonly RateClimber _filling;
    private readonly RateClimber _refilling;
    private readonly EarlyDeaths _deaths;
    private int _failures;
    private int _forgiven;
    private int _allowed;
    private bool _filled;
    private SandboxException? _failure;

    /// <summary>Makes the pace of one pool.</summary>
    /// <param name="first">Most starts at once.</param>
    /// <param name="later">Most starts at once while warm claims are served.</param>
    /// <param name="timeProvider">Time.</param>
    public RefillPace(int first, int later, TimeProvider timeProvider)
    {
        _first = first;
        _later = later;
        _allowed = first;
        _filling = new RateClimber(first, first, timeProvider);
        _refilling = new RateClimber(Math.Max(later, first / 2), first, timeProvider);
        _deaths = new EarlyDeaths(timeProvider);
    }

    /// <summary>True after so much trouble in a row that claims are better served without the pool.</summary>
    public bool IsDegraded => Troubles >= TroublesUntilDegraded;

    /// <summary>Why the last start failed, or what its containers die of; null when all is well.</summary>
    public SandboxException? LastError => _failure ?? _deaths.Error;

    /// <summary>How long the next start waits: 0.2 s after the first trouble, then twice as long each time, 10 s at most. An engine that is back begins anew.</summary>
    public TimeSpan Pause =>
        Troubles <= _forgiven ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, 0.1 * Math.Pow(2, Troubles - _forgiven)));

    private int Troubles => _failures + _deaths.Count;

    private RateClimber Climber => _filled ? _refilling : _filling;

    /// <summary>Starts at once. After trouble it is one, and each success doubles it.</summary>
    /// <param name="isLow">True when so little is ready that claims may soon find nothing.</param>
    public int Concurrency(bool isLow) => Math.Min(_allowed, _filled && !isLow ? Math.Min(_later, Climber.Width) : Climber.Width);

    /// <summary>A start succeeded.</summary>
    /// <param name="atOnce">Starts that were at work, this one too.</param>
    /// <param name="moreWanted">True when more were wanted.</param>
    public void Succeeded(int atOnce, bool moreWanted)
    {
        _failures = 0;
        _forgiven = 0;
        _failure = null;
        _allowed = Math.Min(_first, 2 * _allowed);
        _deaths.BecameReady();
        Climber.Finished(busy: moreWanted && atOnce >= Climber.Width);
    }

    /// <summary>A start failed.</summary>
    public void Failed(SandboxException exception)
    {
        _failures++;
        _failure = exception;
        _allowed = 1;
    }

    /// <summary>What failed before says nothing of the next start; only its success ends the trouble.</summary>
    public void EngineIsBack() => _forgiven = _failures;

    /// <summary>A container that was ready ended by itself; true when that is trouble, because one after another hardly lives.</summary>
    public bool Died(long readySince, string image)
    {
        if (!_deaths.Add(readySince, image))
            return false;
        _allowed = 1;
        return true;
    }

    /// <summary>The pool reached its target for the first time.</summary>
    public void Filled() => _filled = true;
}
