namespace ContainerSandbox.Engine.Metrics;

/// <summary>The mean of a figure, in which each value counts for as long as it was true.</summary>
internal sealed class TimedMean
{
    private double _sum;

    /// <summary>For how long the figure is known.</summary>
    public TimeSpan Span { get; private set; }

    /// <summary>The mean; null while nothing is known.</summary>
    public double? Value => Span > TimeSpan.Zero ? _sum / Span.TotalSeconds : null;

    /// <summary>It was so for that long; null tells nothing.</summary>
    public void Add(double? value, TimeSpan span)
    {
        if (value is not { } known)
            return;
        _sum += known * span.TotalSeconds;
        Span += span;
    }
}
