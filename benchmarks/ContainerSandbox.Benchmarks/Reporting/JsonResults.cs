using System.Text.Json;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Reporting;

/// <summary>Results as JSON: for other programs, and for a later run to compare itself with.</summary>
internal sealed record JsonResults(DateTimeOffset At, string Machine, bool IsQuick, IReadOnlyList<JsonResults.Line> Rows)
{
    // Two runs of the same program on a noisy machine differ by as much.
    private const double Noise = 1.15;

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    public static void Write(string path, string machine, bool isQuick, IEnumerable<Row> rows) => File.WriteAllText(
        path, JsonSerializer.Serialize(new JsonResults(TimeProvider.System.GetUtcNow(), machine, isQuick, [.. rows.Select(Line.Of)]), Options));

    public static JsonResults Read(string path) =>
        JsonSerializer.Deserialize<JsonResults>(File.ReadAllText(path)) ?? throw new InvalidOperationException($"'{path}' holds no results.");

    /// <summary>
    /// What got slower, a line each. Where there is another side its change is taken out: the ratio of both is compared, since the machine may
    /// have been slower.
    /// </summary>
    public IEnumerable<string> Slower(IEnumerable<Row> now)
    {
        foreach (var row in now)
        {
            if (Rows.FirstOrDefault(line => line.Name == row.Name && line.Unit == row.Unit) is not { } before)
                continue;
            var after = Line.Of(row);
            var times = before.Cost > 0 ? after.Cost / before.Cost : 1;
            if (times > Noise)
                yield return FormattableString.Invariant($"{row.Name}: {times:0.00} times slower than on {At:yyyy-MM-dd} ({before.Ours.P50:0.##} {row.Unit} then, {after.Ours.P50:0.##} {row.Unit} now)");
        }
    }

    internal sealed record Line(string Name, string Unit, Summary Ours, string OtherName, Summary? Other, string Bar, string Reached, bool IsMet)
    {
        /// <summary>What one costs, in those of the other side where there is one. Of a rate it is the inverse.</summary>
        public double Cost
        {
            get
            {
                var ratio = Ours.P50 / (Other?.P50 ?? 1);
                return Unit is "/s" or "%" ? 1 / ratio : ratio;
            }
        }

        public static Line Of(Row row) => new(
            row.Name, row.Unit, Summary.Of(row.Ours), row.OtherName, row.Other is null ? null : Summary.Of(row.Other), row.Verdict.Bar, row.Verdict.Reached,
            row.Verdict.IsMet);
    }

    internal sealed record Summary(int Count, double P50, double P95, double P99, double Maximum)
    {
        public static Summary Of(Distribution distribution) =>
            new(distribution.Count, distribution.P50, distribution.P95, distribution.P99, distribution.Maximum);
    }
}
