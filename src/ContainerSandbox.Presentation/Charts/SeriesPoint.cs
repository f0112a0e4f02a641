namespace ContainerSandbox.Presentation.Charts;

/// <summary>A value at a time; null is a gap.</summary>
internal readonly record struct SeriesPoint(DateTimeOffset Time, double? Value);
