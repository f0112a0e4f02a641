using System.Collections;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>A claim from the pool that wants other limits and variables than the template has, against a container started for the occasion.</summary>
internal sealed class ChangedClaimBenchmark : IBenchmark
{
    public string Name => "changed";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var (ours, raw) = (new Sampler(), new Sampler());
        using var claim = bench.Module.Prepare(
            "New-AgentEnvironment",
            ("Sandbox", bench.Sandbox.SandboxId),
            ("Memory", "384MB"),
            ("Cpu", "500m"),
            ("EnvironmentVariable", new Hashtable { ["MODE"] = "fast", ["REGION"] = "north" }));
        var cold = 0;
        var rounds = bench.Options.Pick(20, 5);
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
        Name = "warm claim with other limits and variables",
        Unit = "ms",
        Ours = ours,
        OtherName = "create + attach + start of a container",
        Other = raw,
        Verdict = Verdict.TimesFaster(10, ours, raw),
        Remark = $"the engine is told of other limits, which is one call; {cold} of {ours.Count} came cold",
    };
}
