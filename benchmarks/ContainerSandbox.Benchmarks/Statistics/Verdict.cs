using System.Globalization;

namespace ContainerSandbox.Benchmarks.Statistics;

/// <summary>A bar, what was reached, and whether that is enough.</summary>
internal sealed record Verdict(string Bar, string Reached, bool IsMet)
{
    /// <summary>No bar: the figure is for those who want to know it.</summary>
    public static Verdict None { get; } = new("none", "told", true);

    public bool HasBar => Bar != None.Bar;

    /// <summary>Times without a bar: the other side's median over ours.</summary>
    public static Verdict Told(Distribution ours, Distribution other) => None with { Reached = Text($"{other.P50 / ours.P50:0.0} times faster") };

    /// <summary>Times: the other side's median over ours.</summary>
    public static Verdict TimesFaster(double factor, Distribution ours, Distribution other) =>
        Ratio(factor, other.P50 / ours.P50, "faster");

    /// <summary>Rates: our median over the other side's.</summary>
    public static Verdict TimesMore(double factor, Distribution ours, Distribution other) => Ratio(factor, ours.P50 / other.P50, "more");

    /// <summary>Times: the other side's median over our 99th percentile.</summary>
    public static Verdict TailTimesFaster(double factor, Distribution ours, Distribution other) => Ratio(factor, other.P50 / ours.P99, "faster");

    /// <summary>Times: our median is less than so many times the other side's.</summary>
    public static Verdict LessThanTimes(double factor, Distribution ours, Distribution other) =>
        new(Text($"less than {factor:0.##} times"), Text($"{ours.P50 / other.P50:0.00} times"), ours.P50 < factor * other.P50);

    /// <summary>Shares in percent: the median is at least a limit.</summary>
    public static Verdict AtLeast(double limit, string unit, Distribution ours) =>
        new(Text($"at least {limit:0} {unit}"), Text($"{ours.P50:0.0} {unit}"), ours.P50 >= limit);

    /// <summary>Times: our median is at most so many percent above the other side's.</summary>
    public static Verdict Within(double percent, Distribution ours, Distribution other)
    {
        var above = ((ours.P50 / other.P50) - 1) * 100;
        return new(Text($"within {percent:0} %"), Text($"{above:+0.0;-0.0} %"), above <= percent);
    }

    /// <summary>Times: the median is at most a limit.</summary>
    public static Verdict MedianAtMost(double limit, string unit, Distribution ours) =>
        new(Text($"p50 at most {limit:0} {unit}"), Text($"{ours.P50:0.0} {unit}"), ours.P50 <= limit);

    /// <summary>Times: every sample is at most a limit, and something else held as well.</summary>
    public static Verdict EachAtMost(double limit, string unit, Distribution ours, bool andAlso) =>
        new(Text($"each at most {limit:0} {unit}"), Text($"longest {ours.Maximum:0.0} {unit}"), ours.Maximum <= limit && andAlso);

    private static Verdict Ratio(double factor, double reached, string word) =>
        new(Text($"{factor:0.##} times {word}"), Text($"{reached:0.0} times"), reached >= factor);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
