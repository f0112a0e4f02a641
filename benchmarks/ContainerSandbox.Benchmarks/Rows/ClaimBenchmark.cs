using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>A claim from the pool against a container that is made and started for the occasion.</summary>
internal sealed class ClaimBenchmark : IBenchmark
{
    public string Name => "claim";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench) => [Result(await ClaimRounds.RunAsync(bench, bench.Options.Pick(40, 8)))];

    private static Row Result(ClaimRounds rounds) => new()
    {
        Name = "warm claim (New-AgentEnvironment)",
        Unit = "ms",
        Ours = rounds.Ours,
        OtherName = "create + attach + start of the same container",
        Other = rounds.Raw,
        Verdict = Verdict.TimesFaster(150, rounds.Ours, rounds.Raw),
        Remark = $"{Bench.PoolSize} claims in a row take a whole pool; {rounds.Cold} of {rounds.Ours.Count} came cold",
    };
}
