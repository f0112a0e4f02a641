using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>The filling of a pool at initialization: against one start after another, and against every fixed number at once.</summary>
internal sealed class FillBenchmark : IBenchmark
{
    private static readonly int[] Widths = [2, 4, 8, 16];

    public string Name => "fill";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var (parallel, serial, usual) = (new Sampler(), new Sampler(), new Sampler());
        var fixedWidths = Widths.ToDictionary(width => width, _ => new Sampler());
        var rounds = bench.Options.Pick(5, 2);
        for (var round = 0; round < rounds; round++)
        {
            await FillAsync(bench, parallel, 8);
            await FillAsync(bench, serial, 8, ("EnableParallelStartup", false));
            await FillAsync(bench, usual, 16);
            foreach (var (width, sampler) in fixedWidths) await FillAsync(bench, sampler, 16, ("ThrottleLimit", width));
        }

        var (best, times) = fixedWidths.MinBy(pair => pair.Value.Distribution.P50);
        return [Result(parallel.Distribution, serial.Distribution), Result(usual.Distribution, times.Distribution, best)];
    }

    private static async Task FillAsync(Bench bench, Sampler sampler, int size, params (string Name, object Value)[] more)
    {
        await bench.Module.SettleAsync(bench.Sandbox);
        bench.Module.RemoveSandbox(sampler.Time(() => bench.Module.Initialize("fill", size, more)));
    }

    private static Row Result(Distribution ours, Distribution other) => new()
    {
        Name = "fill of a pool of 8 (Initialize-Sandbox)",
        Unit = "ms",
        Ours = ours,
        OtherName = "the same, one after another",
        Other = other,
        Verdict = Verdict.TimesFaster(1.6, ours, other),
    };

    private static Row Result(Distribution ours, Distribution other, int best) => new()
    {
        Name = "fill of a pool of 16 (Initialize-Sandbox)",
        Unit = "ms",
        Ours = ours,
        OtherName = $"the same with the best fixed number at once, which is {best}",
        Other = other,
        Verdict = Verdict.Within(15, ours, other),
        Remark = $"tried: {string.Join(", ", Widths)} at once",
    };
}
