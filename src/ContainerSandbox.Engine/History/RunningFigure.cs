namespace ContainerSandbox.Engine.History;

/// <summary>Least, mean and most of whole numbers as they come; what is less than zero is none.</summary>
internal struct RunningFigure
{
    private Int128 _sum;
    private int _count;
    private long _minimum;
    private long _maximum;

    public readonly long Minimum => _count == 0 ? FixedPoint.None : _minimum;

    public readonly long Maximum => _count == 0 ? FixedPoint.None : _maximum;

    /// <summary>The mean in so many parts of the unit, to the nearest.</summary>
    public readonly long Mean(int parts = 1) => _count == 0 ? FixedPoint.None : (long)(((_sum * parts * 2) + _count) / (2 * (Int128)_count));

    public void Add(long value)
    {
        if (value < 0)
            return;
        _minimum = _count == 0 ? value : Math.Min(_minimum, value);
        _maximum = _count == 0 ? value : Math.Max(_maximum, value);
        _sum += value;
        _count++;
    }
}
