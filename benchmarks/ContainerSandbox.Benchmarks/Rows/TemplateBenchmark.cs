using System.Collections;
using System.Globalization;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>Sandboxes with several templates: their initialization, and a claim from one pool of many.</summary>
internal sealed class TemplateBenchmark : IBenchmark
{
    private const int Slots = 4;
    private static readonly int[] Widths = [2, 4, 8];

    public string Name => "templates";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var (parallel, serial) = (new Sampler(), new Sampler());
        var fixedWidths = Widths.ToDictionary(width => width, _ => new Sampler());
        for (var round = 0; round < bench.Options.Pick(4, 1); round++)
        {
            await FillAsync(bench, parallel);
            await FillAsync(bench, serial, ("EnableParallelStartup", false));
            foreach (var (width, sampler) in fixedWidths) await FillAsync(bench, sampler, ("ThrottleLimit", width));
        }

        var (best, times) = fixedWidths.MinBy(pair => pair.Value.Distribution.P50);
        return
        [
            Result(
                "initialization of 4 templates with 4 slots each", parallel.Distribution, "one start after another", serial.Distribution,
                Verdict.TimesFaster(1.6, parallel.Distribution, serial.Distribution)),
            Result(
                "the same initialization", parallel.Distribution, $"with the best fixed number at once, which is {best}", times.Distribution,
                Verdict.Within(15, parallel.Distribution, times.Distribution)),
            await ClaimAsync(bench),
        ];
    }

    // The default template is one of the four.
    private static async Task FillAsync(Bench bench, Sampler sampler, params (string Name, object Value)[] more)
    {
        await bench.Module.SettleAsync(bench.Sandbox);
        var sandbox = sampler.Time(() => bench.Module.Initialize("templates", Slots, [("Template", Templates(bench, 3, Slots)), .. more]));
        bench.Module.RemoveSandbox(sandbox);
    }

    private static async Task<Row> ClaimAsync(Bench bench)
    {
        var (many, one) = (new Sampler(), new Sampler());
        var sandbox = bench.Module.Initialize("many-templates", 1, ("Template", Templates(bench, 4, Bench.PoolSize)));
        for (var round = -1; round < bench.Options.Pick(20, 4); round++)
        {
            if (round == 0)
            {
                many.Reset();
                one.Reset();
            }

            await ClaimAllAsync(bench, sandbox, many, ("Specialization", "kind3"));
            await ClaimAllAsync(bench, bench.Sandbox, one);
        }

        bench.Module.RemoveSandbox(sandbox);
        return Result(
            "warm claim from one pool of five", many.Distribution, "from the only pool", one.Distribution,
            Verdict.LessThanTimes(1.5, many.Distribution, one.Distribution));
    }

    private static async Task ClaimAllAsync(Bench bench, SandboxInfo sandbox, Sampler times, params (string Name, object Value)[] more)
    {
        await bench.Module.SettleAsync(sandbox);
        using var claim = bench.Module.Prepare("New-AgentEnvironment", [("Sandbox", sandbox.SandboxId), .. more]);
        var claimed = Enumerable.Range(0, Bench.PoolSize).Select(_ => times.Time(claim.Invoke<AgentEnvironment>)).ToList();
        claimed.ForEach(bench.Module.Remove);
    }

    private static Hashtable Templates(Bench bench, int count, int slots)
    {
        var templates = new Hashtable();
        for (var i = 0; i < count; i++)
        {
            templates[string.Create(CultureInfo.InvariantCulture, $"kind{i}")] =
                new Hashtable { ["Image"] = bench.Sandbox.Image, ["WarmupContainers"] = slots };
        }

        return templates;
    }

    private static Row Result(string name, Distribution ours, string otherName, Distribution other, Verdict verdict) => new()
    {
        Name = name,
        Unit = "ms",
        Ours = ours,
        OtherName = otherName,
        Other = other,
        Verdict = verdict,
    };
}
