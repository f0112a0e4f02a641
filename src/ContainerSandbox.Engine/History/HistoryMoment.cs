namespace ContainerSandbox.Engine.History;

/// <summary>A moment by the time that passes and by the clock on the wall.</summary>
/// <param name="At">Ticks since 1970 as they would be had nobody set the clock since the history began. It never goes back.</param>
/// <param name="Offset">How far the clock on the wall is ahead of that now, in ticks.</param>
internal readonly record struct HistoryMoment(long At, long Offset);
