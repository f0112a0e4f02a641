namespace ContainerSandbox.Engine.History;

/// <summary>Numbers as a history keeps them: whole, in a few bytes, and less than zero where there is none.</summary>
internal static class FixedPoint
{
    public const int None = -1;

    private const double PercentSteps = 1000;
    private const double CountSteps = 100;

    /// <summary>A percentage in thousandths.</summary>
    public static int OfPercent(double? percent) => Of(percent, PercentSteps);

    /// <summary>A mean of whole numbers in hundredths.</summary>
    public static int OfMean(double? mean) => Of(mean, CountSteps);

    public static int OfCount(int? count) => count is >= 0 ? count.Value : None;

    public static long OfCount(long? count) => count is >= 0 ? count.Value : None;

    public static long OfTime(TimeSpan? time) => OfCount(time?.Ticks);

    public static double? ToPercent(int kept) => kept < 0 ? null : kept / PercentSteps;

    public static double? ToMean(int kept) => kept < 0 ? null : kept / CountSteps;

    public static int? ToCount(int kept) => kept < 0 ? null : kept;

    public static long? ToCount(long kept) => kept < 0 ? null : kept;

    public static TimeSpan? ToTime(long kept) => kept < 0 ? null : TimeSpan.FromTicks(kept);

    // Not a number compares false with everything.
    private static int Of(double? number, double steps) =>
        number is { } value && value >= 0 ? (int)Math.Min(Math.Round(value * steps), int.MaxValue) : None;
}
