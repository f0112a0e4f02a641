using ContainerSandbox.Benchmarks.Raw;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>The verified removal of many containers against the engine's own, with as many at once as it takes best.</summary>
internal sealed class CleanupBenchmark : IBenchmark
{
    private const int Containers = 64;
    private static readonly int[] Widths = [4, 16, Containers];

    public string Name => "cleanup";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var ours = new Sampler();
        var raw = Widths.ToDictionary(width => width, _ => new Sampler());
        for (var round = 0; round < bench.Options.Pick(3, 1); round++)
        {
            var sandbox = bench.Module.Initialize("cleanup", Containers);
            await bench.Module.SettleAsync(sandbox);
            ours.Time(() =>
            {
                bench.Module.RemoveSandbox(sandbox);
                return true;
            });
            foreach (var (width, sampler) in raw) await RemoveRawAsync(bench, width, sampler);
        }

        var (best, times) = raw.MinBy(pair => pair.Value.Distribution.P50);
        return [Result(ours.Distribution, times.Distribution, best)];
    }

    private static async Task RemoveRawAsync(Bench bench, int width, Sampler sampler)
    {
        var limit = new ParallelOptions { MaxDegreeOfParallelism = 4 };
        var started = new System.Collections.Concurrent.ConcurrentBag<RawContainer>();
        await Parallel.ForAsync(0, Containers, limit, async (_, _) => started.Add(await bench.Raw.StartAsync(bench.Template.Parameters)));
        await bench.Module.SettleAsync(bench.Sandbox);
        await sampler.TimeAsync(async () =>
        {
            await Parallel.ForEachAsync(
                started, new ParallelOptions { MaxDegreeOfParallelism = width }, async (container, _) => await bench.Raw.RemoveAsync(container.Id));
            return true;
        });
        foreach (var container in started) await container.DisposeAsync();
    }

    private static Row Result(Distribution ours, Distribution raw, int best) => new()
    {
        Name = $"removal of a sandbox with {Containers} containers",
        Unit = "ms",
        Ours = ours,
        OtherName = $"the engine's removal by force, {best} at a time",
        Other = raw,
        Verdict = Verdict.Within(15, ours, raw),
        Remark = $"tried: {string.Join(", ", Widths)} at a time; ours ends with the proof of each",
    };
}
