using System.Globalization;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Reporting;

/// <summary>Numbers as text with three significant digits or so.</summary>
internal static class Figures
{
    public static string Of(Distribution? distribution, string unit) => distribution switch
    {
        null => "",
        { Count: 1 } => $"{Of(distribution.P50)} {unit}",
        _ => $"{Of(distribution.P50)} / {Of(distribution.P95)} / {Of(distribution.P99)} {unit}",
    };

    private static string Of(double value) =>
        value.ToString(value switch { < 10 => "0.00", < 100 => "0.0", _ => "0" }, CultureInfo.InvariantCulture);
}
