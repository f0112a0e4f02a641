using System.Globalization;

namespace ContainerSandbox.Presentation.Text;

/// <summary>Numbers and times as a report shows them, whatever the culture; what is not known is a dash.</summary>
internal static class Figures
{
    /// <summary>Stands for what is not known.</summary>
    public const string Nothing = "–";

    private const double Kilo = 1024;

    public static string Bytes(double? bytes) => bytes is not { } value ? Nothing : Math.Abs(value) switch
    {
        < Kilo => Number(value, "0", "B"),
        < Kilo * Kilo => Number(value / Kilo, "0.#", "KB"),
        < Kilo * Kilo * Kilo => Number(value / Kilo / Kilo, "0.#", "MB"),
        _ => Number(value / Kilo / Kilo / Kilo, "0.##", "GB"),
    };

    public static string Percent(double? percent) => percent is { } value ? Number(value, "0.#", "%") : Nothing;

    public static string Share(double? share) => Percent(share * 100);

    public static string Count(double? count) => count?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? Nothing;

    public static string Time(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? Nothing;

    public static string Duration(TimeSpan? duration) => duration is not { } value ? Nothing : value.TotalMilliseconds switch
    {
        < 1000 => Number(value.TotalMilliseconds, "0.#", "ms"),
        < 120_000 => Number(value.TotalSeconds, "0.#", "s"),
        < 7_200_000 => Number(value.TotalMinutes, "0.#", "min"),
        < 172_800_000 => Number(value.TotalHours, "0.#", "h"),
        _ => Number(value.TotalDays, "0.#", "d"),
    };

    /// <summary>A value in the unit of a trend.</summary>
    public static string InUnit(double? value, string unit) => unit switch
    {
        "bytes" => Bytes(value),
        "bytes per second" => value is null ? Nothing : Bytes(value) + "/s",
        "percent" => Percent(value),
        _ => Count(value),
    };

    private static string Number(double value, string format, string unit) =>
        $"{value.ToString(format, CultureInfo.InvariantCulture)} {unit}";
}
