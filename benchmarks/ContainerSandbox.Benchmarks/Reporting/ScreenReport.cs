using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Reporting;

/// <summary>The results as they come, for the eyes.</summary>
internal static class ScreenReport
{
    public static void Write(Row row)
    {
        Console.WriteLine($"{(!row.Verdict.HasBar ? "told" : row.Verdict.IsMet ? "pass" : "MISS")}  {row.Name}: {Figures.Of(row.Ours, row.Unit)}{(row.Ours.Count == 1 ? "" : $" (p50 / p95 / p99 of {row.Ours.Count})")}");
        if (row.Other is not null)
            Console.WriteLine($"      {row.OtherName}: {Figures.Of(row.Other, row.Unit)} (of {row.Other.Count})");
        if (row.Verdict != Verdict.None) Console.WriteLine($"      {row.Verdict.Reached}; the bar is {row.Verdict.Bar}");
        if (row.Remark.Length > 0) Console.WriteLine($"      {row.Remark}");
    }
}
