using System.Globalization;

namespace ContainerSandbox.Engine.Optimization;

/// <summary>How values and figures are written: in the invariant culture.</summary>
internal static class ValueText
{
    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    public static string Of(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Bytes for people.</summary>
    public static string Megabytes(long bytes) => Of($"{bytes / 1048576.0:0.#} MB");

    /// <summary>A span for people.</summary>
    public static string Span(TimeSpan span) =>
        span < TimeSpan.FromMinutes(2) ? Of($"{span.TotalSeconds:0.##} s") : Of($"{span.TotalMinutes:0} min");
}
