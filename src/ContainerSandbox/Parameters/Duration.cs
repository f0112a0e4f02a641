using System.Globalization;

namespace ContainerSandbox.Parameters;

/// <summary>
/// Durations: a <see cref="TimeSpan"/>, <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>1h</c>, <c>7d</c>, <c>00:05:00</c>, or a plain number of seconds.
/// </summary>
internal static class Duration
{
    // What timers can wait for.
    private const long MaximumMilliseconds = int.MaxValue;

    public static bool TryRead(object value, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (value is TimeSpan given)
        {
            duration = given;
        }
        else if (value is string clock && clock.Contains(':', StringComparison.Ordinal))
        {
            if (!TimeSpan.TryParse(clock, CultureInfo.InvariantCulture, out duration))
                return false;
        }
        else
        {
            if (!TryReadMilliseconds(value, out var milliseconds) || milliseconds < 0 || milliseconds > MaximumMilliseconds)
                return false;
            duration = TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond));
        }

        return duration >= TimeSpan.Zero && duration.TotalMilliseconds <= MaximumMilliseconds;
    }

    private static bool TryReadMilliseconds(object value, out decimal milliseconds)
    {
        milliseconds = 0;
        if (value is not string text)
        {
            if (!Quantity.TryToDecimal(value, out var seconds))
                return false;
            milliseconds = seconds * 1000;
            return true;
        }

        if (!Quantity.TrySplit(text, out var number, out var unit) || Factor(unit) is not { } factor || number > MaximumMilliseconds)
            return false;
        milliseconds = number * factor;
        return true;
    }

    private static decimal? Factor(string unit) => unit.ToUpperInvariant() switch
    {
        "MS" => 1,
        "" or "S" => 1000,
        "M" or "MIN" => 60_000,
        "H" => 3_600_000,
        "D" => 86_400_000,
        _ => null,
    };
}
