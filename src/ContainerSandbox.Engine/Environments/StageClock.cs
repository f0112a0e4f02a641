namespace ContainerSandbox.Engine.Environments;

/// <summary>Measures the stages of a claim, one after another.</summary>
internal sealed class StageClock
{
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan[] _stages = new TimeSpan[5];
    private readonly long _start;
    private long _last;

    public StageClock(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _start = _last = timeProvider.GetTimestamp();
    }

    /// <summary>From the beginning until now.</summary>
    public TimeSpan Total => _timeProvider.GetElapsedTime(_start);

    /// <summary>The time of a stage; a stage that comes again adds up.</summary>
    public TimeSpan this[ClaimStage stage] => _stages[(int)stage];

    /// <summary>A stage ends now.</summary>
    public void End(ClaimStage stage)
    {
        var now = _timeProvider.GetTimestamp();
        _stages[(int)stage] += _timeProvider.GetElapsedTime(_last, now);
        _last = now;
    }
}
