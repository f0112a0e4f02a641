using System.Diagnostics;
using ContainerSandbox.Benchmarks.Raw;
using ContainerSandbox.Benchmarks.Shells;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>Eight claims in three shapes, each against eight starts in the same shape: one after another, staggered, and all at once.</summary>
internal sealed class LoadShapeBenchmark : IBenchmark
{
    private const int Claims = 8;

    private static readonly (string Name, TimeSpan? Apart)[] Shapes =
    [
        ("one after another", null),
        ("one every 100 ms", TimeSpan.FromMilliseconds(100)),
        ("all at once", TimeSpan.Zero),
    ];

    public string Name => "shapes";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        using var shells = new ShellPool(Claims);
        var sandbox = bench.Module.Initialize("shapes", 2 * Claims);
        var samplers = Shapes.ToDictionary(shape => shape.Name, _ => (Ours: new Sampler(), Raw: new Sampler()));
        var rounds = bench.Options.Pick(15, 3);
        for (var round = -1; round < rounds; round++)
        {
            foreach (var (name, apart) in Shapes)
            {
                var (ours, raw) = samplers[name];
                if (round == 0)
                {
                    ours.Reset();
                    raw.Reset();
                }

                await bench.Module.SettleAsync(sandbox);
                await ClaimAsync(shells, sandbox, apart, ours, bench);
                await bench.Module.SettleAsync(sandbox);
                await StartAsync(bench, apart, raw);
            }
        }

        bench.Module.RemoveSandbox(sandbox);
        return [.. Shapes.Select(shape => Result(shape.Name, samplers[shape.Name].Ours.Distribution, samplers[shape.Name].Raw.Distribution))];
    }

    private static async Task ClaimAsync(ShellPool shells, SandboxInfo sandbox, TimeSpan? apart, Sampler times, Bench bench)
    {
        var claimed = await RunAsync(apart, times, () => shells.UseAsync(shell => shell.Claim(sandbox)));
        await bench.Module.SettleAsync(sandbox);
        claimed.ForEach(bench.Module.Remove);
    }

    private static async Task StartAsync(Bench bench, TimeSpan? apart, Sampler times)
    {
        List<RawContainer> started = await RunAsync(apart, times, () => bench.Raw.StartAsync(bench.Template.Parameters));
        foreach (var container in started) await container.DisposeAsync();
    }

    private static async Task<List<T>> RunAsync<T>(TimeSpan? apart, Sampler times, Func<Task<T>> work)
    {
        var running = new List<Task<(T Result, TimeSpan Took)>>();
        for (var i = 0; i < Claims; i++)
        {
            running.Add(TimeAsync(work));
            if (apart is null) await running[^1];
            else if (apart > TimeSpan.Zero) await Task.Delay(apart.Value, TimeProvider.System);
        }

        var done = await Task.WhenAll(running);
        foreach (var (_, took) in done) times.Add(took);
        return [.. done.Select(each => each.Result)];
    }

    private static async Task<(T Result, TimeSpan Took)> TimeAsync<T>(Func<Task<T>> work)
    {
        var begun = Stopwatch.GetTimestamp();
        var result = await work();
        return (result, Stopwatch.GetElapsedTime(begun));
    }

    private static Row Result(string shape, Distribution ours, Distribution raw) => new()
    {
        Name = $"{Claims} warm claims, {shape}",
        Unit = "ms",
        Ours = ours,
        OtherName = "as many times create + attach + start",
        Other = raw,
        Verdict = Verdict.Told(ours, raw),
    };
}
