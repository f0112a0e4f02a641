using ContainerSandbox.Benchmarks.Shells;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>A claim without a pool, against the start that it cannot avoid.</summary>
internal sealed class ColdClaimBenchmark : IBenchmark
{
    public string Name => "cold";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var (ours, raw) = (new Sampler(), new Sampler());
        var sandbox = bench.Module.Initialize("cold", 0);
        using var claim = bench.Module.Prepare("New-AgentEnvironment", ("Sandbox", sandbox.SandboxId));
        await bench.Module.SettleAsync(bench.Sandbox);
        var rounds = bench.Options.Pick(30, 8);
        for (var round = -1; round < rounds; round++)
        {
            if (round == 0)
            {
                ours.Reset();
                raw.Reset();
            }
            await ModuleShell.QuietAsync();
            bench.Module.Remove(ours.Time(claim.Invoke<AgentEnvironment>));
            await ModuleShell.QuietAsync();
            await (await raw.TimeAsync(() => bench.Raw.StartAsync(bench.Template.Parameters))).DisposeAsync();
        }
        bench.Module.RemoveSandbox(sandbox);
        return [Result(ours.Distribution, raw.Distribution)];
    }

    private static Row Result(Distribution ours, Distribution raw) => new()
    {
        Name = "cold claim (New-AgentEnvironment)",
        Unit = "ms",
        Ours = ours,
        OtherName = "create + attach + start of the same container",
        Other = raw,
        Verdict = Verdict.Within(15, ours, raw),
        Remark = "the claim's sessions open while it is handed over; its first command waits for them",
    };
}
