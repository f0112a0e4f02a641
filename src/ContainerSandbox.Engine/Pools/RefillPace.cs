namespace ContainerSandbox.Engine.Pools;

/// <summary>How many containers a pool starts at once, and how long it waits after starts that failed.</summary>
internal sealed class RefillPace(int first, int later)
{
    private const int FailuresUntilDegraded = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private int _failures;
    private bool _filled;

    /// <summary>True after so many failures in a row that claims are better served without the pool.</summary>
    public bool IsDegraded => _failures >= FailuresUntilDegraded;

    /// <summary>Starts at once: one after a failure; many for the first filling; fewer later, when claims wait behind them.</summary>
    public int Concurrency => _failures > 0 ? 1 : _filled ? later : first;

    /// <summary>How long the next start waits: 0.2 s after the first failure, then twice as long each time, 30 s at most.</summary>
    public TimeSpan Pause =>
        _failures == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, 0.1 * Math.Pow(2, _failures)));

    /// <summary>A start succeeded.</summary>
    public void Succeeded() => _failures = 0;

    /// <summary>A start failed.</summary>
    public void Failed() => _failures++;

    /// <summary>The pool reached its target for the first time.</summary>
    public void Filled() => _filled = true;
}
