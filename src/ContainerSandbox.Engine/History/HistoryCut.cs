namespace ContainerSandbox.Engine.History;

/// <summary>Where the wanted part of a history begins.</summary>
/// <param name="From">From when on, by <see cref="HistoryMoment.At"/>.</param>
/// <param name="FromWall">From when on by the times that the points show, in milliseconds since 1970.</param>
internal readonly record struct HistoryCut(long From, long FromWall)
{
    public static HistoryCut Of(HistoryRequest request, HistoryMoment now) => new(
        request.Last is { } last ? now.At - last.Ticks : long.MinValue,
        request.Since is { } since ? since.ToUnixTimeMilliseconds() : long.MinValue);

    /// <summary>True where there is a beginning.</summary>
    public bool IsCut => From != long.MinValue || FromWall != long.MinValue;

    /// <summary>Whether any of a stretch belongs to the part.</summary>
    public bool Includes(long at, long wall, TimeSpan length) => IsIn(at, length.Ticks, From) && IsIn(wall, (long)length.TotalMilliseconds, FromWall);

    /// <summary>Whether nothing of the part is missing where what is kept begins here.</summary>
    public bool IsWholeFrom(long at, long wall) => IsCut && (at <= From || wall <= FromWall);

    // The moment at which a stretch ends is no part of it; a single sample has only the one.
    private static bool IsIn(long begin, long length, long from) => length == 0 ? begin >= from : begin + length > from;
}
