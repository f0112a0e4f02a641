using System.Collections;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>A claim from the pool that wants other limits and variables than the template has, against a container started for the occasion.</summary>
internal sealed class ChangedClaimBenchmark : IBenchmark
{
    public string Name => "changed";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench) =>
    [
        Result(await ClaimRounds.RunAsync(
            bench,
            bench.Options.Pick(20, 5),
            ("Memory", "384MB"),
            ("Cpu", "500m"),
            ("EnvironmentVariable", new Hashtable { ["MODE"] = "fast", ["REGION"] = "north" }))),
    ];

    private static Row Result(ClaimRounds rounds) => new()
    {
        Name = "warm claim with other limits and variables",
        Unit = "ms",
        Ours = rounds.Ours,
        OtherName = "create + attach + start of a container",
        Other = rounds.Raw,
        Verdict = Verdict.TimesFaster(10, rounds.Ours, rounds.Raw),
        Remark = $"the engine is told of other limits, which is one call; {rounds.Cold} of {rounds.Ours.Count} came cold",
    };
}
