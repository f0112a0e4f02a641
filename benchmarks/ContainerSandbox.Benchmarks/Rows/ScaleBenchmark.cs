using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>Claims beside few containers and beside many.</summary>
internal sealed class ScaleBenchmark : IBenchmark
{
    private const int Few = 8;

    public string Name => "scale";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var many = bench.Options.Pick(200, 40);
        var sandbox = bench.Module.Initialize("scale", Few);
        var alone = await ClaimAsync(bench, sandbox);
        var others = bench.Module.Initialize("many", many - Few);
        var beside = await ClaimAsync(bench, sandbox);
        bench.Module.RemoveSandbox(others);
        bench.Module.RemoveSandbox(sandbox);
        return
        [
            new()
            {
                Name = $"warm claim with {many} containers",
                Unit = "ms",
                Ours = beside,
                OtherName = $"with {Few}",
                Other = alone,
                Verdict = Verdict.LessThanTimes(2, beside, alone),
            },
        ];
    }

    private static async Task<Distribution> ClaimAsync(Bench bench, SandboxInfo sandbox)
    {
        var times = new Sampler();
        using var claim = bench.Module.Prepare("New-AgentEnvironment", ("Sandbox", sandbox.SandboxId));
        for (var round = -1; round < bench.Options.Pick(10, 4); round++)
        {
            if (round == 0) times.Reset();
            await bench.Module.SettleAsync(sandbox);
            var claimed = Enumerable.Range(0, Bench.PoolSize).Select(_ => times.Time(claim.Invoke<AgentEnvironment>)).ToList();
            claimed.ForEach(bench.Module.Remove);
        }
        return times.Distribution;
    }
}
