namespace ContainerSandbox.Engine.History;

/// <summary>Stretches of one length, and the one that goes on.</summary>
internal sealed class HistoryTier(HistoryResolution resolution, int least, HistoryBudget budget)
{
    private readonly ChunkedRing<StretchEntry> _ring = new(least, budget);
    private OpenStretch _open;

    public HistoryResolution Resolution => resolution;

    /// <summary>How long a stretch is.</summary>
    public TimeSpan Length { get; } = Tiers.Length(resolution);

    public int Count => _ring.Count + (_open.IsEmpty ? 0 : 1);

    public bool HasDropped => _ring.HasDropped;

    public long Bytes => _ring.Bytes;

    /// <summary>By age, the oldest first; the last one goes on.</summary>
    public StretchEntry this[int index] => index < _ring.Count ? _ring[index] : _open.ToEntry();

    public void Add(in RawEntry sample, long offset)
    {
        var number = checked((int)(sample.At / Length.Ticks));
        if (_open.IsEmpty || _open.Number != number)
        {
            if (!_open.IsEmpty)
                _ring.Add(_open.ToEntry());
            _open = OpenStretch.Begin(number, ((number * Length.Ticks) + offset) / TimeSpan.TicksPerMillisecond);
        }

        _open.Add(sample);
    }
}
