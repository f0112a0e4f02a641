namespace ContainerSandbox.Engine.Pools;

/// <summary>
/// Finds by trying how many starts at once are best. A step up stays when it brings a tenth more starts a second, a step down when it
/// costs nearly nothing; else it is taken back, and after a while the other direction is tried. Only time in which all were busy counts.
/// </summary>
internal sealed class RateClimber(int start, int most, TimeProvider timeProvider)
{
    private const double Gain = 1.1;
    private const double Loss = 0.95;
    private const int RestingSpans = 8;

    private int _direction = start < most ? 1 : -1;
    private double? _before;
    private long? _since;
    private int _finished;
    private int _resting;

    /// <summary>Starts at once.</summary>
    public int Width { get; private set; } = start;

    /// <summary>A start succeeded.</summary>
    /// <param name="busy">True when as many as <see cref="Width"/> were at work and more were wanted.</param>
    public void Finished(bool busy)
    {
        if (!busy)
        {
            _since = null;
            return;
        }

        if (_since is not { } since)
        {
            Measure();
            return;
        }

        // Two rounds of all: a single one says little, as they end in bunches.
        if (++_finished < 2 * (Width + 1))
            return;
        var elapsed = timeProvider.GetElapsedTime(since);
        if (elapsed > TimeSpan.Zero)
            Judge(_finished / elapsed.TotalSeconds);
        Measure();
    }

    private void Measure()
    {
        _since = timeProvider.GetTimestamp();
        _finished = 0;
    }

    private void Judge(double rate)
    {
        if (_before is { } before && rate < before * (_direction > 0 ? Gain : Loss))
        {
            Width -= _direction;
            _direction = -_direction;
            _before = null;
            _resting = RestingSpans;
        }
        else if (_resting > 0)
        {
            _resting--;
        }
        else
        {
            Step(rate);
        }
    }

    private void Step(double rate)
    {
        var next = Math.Clamp(Width + _direction, 1, most);
        if (next == Width)
        {
            _direction = -_direction;
            _before = null;
            _resting = RestingSpans;
            return;
        }

        // Small losses must not add up on the way down.
        _before = Math.Max(rate, _before ?? 0);
        Width = next;
    }
}
