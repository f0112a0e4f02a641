using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>A claim from the pool against a container that is made and started for the occasion.</summary>
internal sealed class ClaimBenchmark : IBenchmark
{
    public string Name => "claim";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var (ours, raw) = (new Sampler(), new Sampler());
        using var claim = bench.Module.Prepare("New-AgentEnvironment", ("Sandbox", bench.Sandbox.SandboxId));
        var cold = 0;
        var rounds = bench.Options.Pick(40, 8);
        for (var round = -1; round < rounds; round++)
        {
            if (round == 0)
            {
                ours.Reset();
                raw.Reset();
                cold = 0;
            }
            await bench.Module.SettleAsync(bench.Sandbox);
            var claimed = new List<AgentEnvironment>();
            for (var i = 0; i < Bench.PoolSize; i++) claimed.Add(ours.Time(claim.Invoke<AgentEnvironment>));
            cold += claimed.Count(environment => environment.StartupSource != StartupSource.Warm);
            await bench.Module.SettleAsync(bench.Sandbox);
            await (await raw.TimeAsync(() => bench.Raw.StartAsync(bench.Template.Parameters))).DisposeAsync();
            claimed.ForEach(bench.Module.Remove);
        }
        return [Result(ours.Distribution, raw.Distribution, cold)];
    }

    private static Row Result(Distribution ours, Distribution raw, int cold) => new()
    {
        Name = "warm claim (New-AgentEnvironment)",
        Unit = "ms",
        Ours = ours,
        OtherName = "create + attach + start of the same container",
        Other = raw,
        Verdict = Verdict.TimesFaster(150, ours, raw),
        Remark = $"{Bench.PoolSize} claims in a row take a whole pool; {cold} of {ours.Count} came cold",
    };
}
