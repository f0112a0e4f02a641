using System.Diagnostics;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>Claims while the pool refills and what was claimed before is removed: what the tail is made of.</summary>
internal sealed class RefillBenchmark : IBenchmark
{
    private const int PoolSize = 16;
    private const int Kept = 4;

    public string Name => "refill";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var (ours, raw) = (new Sampler(), new Sampler());
        for (var i = 0; i < bench.Options.Pick(20, 5); i++)
        {
            await bench.Module.SettleAsync(bench.Sandbox);
            await (await raw.TimeAsync(() => bench.Raw.StartAsync(bench.Template.Parameters))).DisposeAsync();
        }

        var sandbox = bench.Module.Initialize("refill", PoolSize);
        using var claim = bench.Module.Prepare("New-AgentEnvironment", ("Sandbox", sandbox.SandboxId));
        var pause = await PauseAsync(bench, sandbox);
        await bench.Module.SettleAsync(sandbox);
        var held = new Queue<AgentEnvironment>();
        var (warm, cold) = (new List<double>(), 0);
        var claims = bench.Options.Pick(200, 40);
        for (var i = 0; i < claims; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            var environment = claim.Invoke<AgentEnvironment>();
            if (environment.StartupSource == StartupSource.Warm) warm.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            else cold++;
            held.Enqueue(environment);
            if (held.Count > Kept) bench.Module.Remove(held.Dequeue());
            await Task.Delay(pause, TimeProvider.System);
        }

        bench.Module.RemoveSandbox(sandbox);
        return
        [
            new()
            {
                Name = "warm claim while the pool refills",
                Unit = "ms",
                Ours = new Distribution(warm),
                OtherName = "create + attach + start of the same container",
                Other = raw.Distribution,
                Verdict = Verdict.TailTimesFaster(20, new Distribution(warm), raw.Distribution),
                Remark = $"a claim and a removal every {pause.TotalMilliseconds:0} ms, about what a nearly full pool refills in; {cold} of {claims} came cold; the bar compares our p99 with their p50",
            },
        ];
    }

    // As fast as a nearly full pool refills, so that it never stops refilling.
    private static async Task<TimeSpan> PauseAsync(Bench bench, SandboxInfo sandbox)
    {
        var claimed = Enumerable.Range(0, PoolSize / 4).Select(_ => bench.Module.Claim(sandbox)).ToList();
        var begun = Stopwatch.GetTimestamp();
        await bench.Module.SettleAsync(sandbox);
        var each = Stopwatch.GetElapsedTime(begun) / claimed.Count;
        claimed.ForEach(bench.Module.Remove);
        return each;
    }
}
