using System.Globalization;
using System.Text;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Reporting;

/// <summary>The results in docs/benchmarks.md, between two marks.</summary>
internal static class Document
{
    private const string Begin = "<!-- results: written by ./build.sh bench -->";
    private const string End = "<!-- end of results -->";

    public static void Write(string path, string machine, bool isQuick, IReadOnlyList<Row> rows)
    {
        var text = File.ReadAllText(path);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin) throw new InvalidOperationException($"'{path}' has lost the marks between which results go.");
        File.WriteAllText(path, text[..(begin + Begin.Length)] + "\n" + Render(machine, isQuick, rows) + text[end..]);
    }

    private static string Render(string machine, bool isQuick, IReadOnlyList<Row> rows)
    {
        var date = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var text = new StringBuilder($"{date}{(isQuick ? ", a quick run" : "")}: {machine}.\n\n");
        text.Append("Times and rates are p50 / p95 / p99.\n\n");
        text.Append("| measured | ContainerSandbox | compared with | | reached | bar | |\n");
        text.Append("|---|---|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {Figures.Of(row.Ours, row.Unit)} ");
            text.Append(CultureInfo.InvariantCulture, $"| {row.OtherName} | {Figures.Of(row.Other, row.Unit)} ");
            text.Append(CultureInfo.InvariantCulture, $"| {row.Verdict.Reached} | {row.Verdict.Bar} | {(!row.Verdict.HasBar ? "" : row.Verdict.IsMet ? "met" : "**missed**")} |\n");
        }
        foreach (var row in rows.Where(row => row.Remark.Length > 0))
            text.Append(CultureInfo.InvariantCulture, $"\n- {row.Name}: {row.Remark}.");
        return text.Append("\n\n").ToString();
    }
}
