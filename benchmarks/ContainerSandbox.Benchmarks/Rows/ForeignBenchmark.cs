using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>Claims and sweeps on an engine that others use too: beside many containers and images that are not ours.</summary>
internal sealed class ForeignBenchmark : IBenchmark
{
    // What the comparison with earlier results takes for noise as well.
    private const double Noise = 15;

    public string Name => "foreign";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var (containers, images) = (bench.Options.Pick(500, 50), bench.Options.Pick(200, 20));
        var (claimAlone, sweepAlone) = await MeasureAsync(bench);
        var (madeContainers, madeImages) = (new List<string>(), new List<string>());
        try
        {
            while (madeContainers.Count < containers) madeContainers.Add(await bench.Raw.CreateAsync(bench.Template.Parameters));
            while (madeImages.Count < images)
                madeImages.Add(await bench.Raw.CommitAsync(madeContainers[0], $"containersandbox-benchmark-{madeImages.Count}"));
            var (claim, sweep) = await MeasureAsync(bench);
            var beside = $"beside {containers} containers and {images} images of others";
            return [Result("warm claim", beside, claim, claimAlone), Result("initialization without a pool, with its sweep", beside, sweep, sweepAlone)];
        }
        finally
        {
            foreach (var image in madeImages) await bench.Raw.DeleteImageAsync(image);
            foreach (var container in madeContainers) await bench.Raw.RemoveAsync(container);
        }
    }

    private static async Task<(Distribution Claim, Distribution Sweep)> MeasureAsync(Bench bench)
    {
        var (claims, sweeps) = (new Sampler(), new Sampler());
        using var claim = bench.Module.Prepare("New-AgentEnvironment", ("Sandbox", bench.Sandbox.SandboxId));
        for (var round = -1; round < bench.Options.Pick(20, 5); round++)
        {
            if (round == 0)
            {
                claims.Reset();
                sweeps.Reset();
            }

            await bench.Module.SettleAsync(bench.Sandbox);
            var claimed = Enumerable.Range(0, Bench.PoolSize).Select(_ => claims.Time(claim.Invoke<AgentEnvironment>)).ToList();
            claimed.ForEach(bench.Module.Remove);
            await bench.Module.SettleAsync(bench.Sandbox);
            bench.Module.RemoveSandbox(sweeps.Time(() => bench.Module.Initialize("foreign", 0)));
        }

        return (claims.Distribution, sweeps.Distribution);
    }

    private static Row Result(string what, string beside, Distribution ours, Distribution alone) => new()
    {
        Name = $"{what} {beside}",
        Unit = "ms",
        Ours = ours,
        OtherName = "without them",
        Other = alone,
        Verdict = Verdict.Within(Noise, ours, alone),
    };
}
