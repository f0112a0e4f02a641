namespace ContainerSandbox.Engine.History;

/// <summary>A point of a history with its place in time.</summary>
/// <param name="At">The middle of its stretch, by <see cref="HistoryMoment.At"/>.</param>
/// <param name="Point">What it shows.</param>
internal readonly record struct HistoryReading(TimeSpan At, ResourceHistoryPoint Point);
