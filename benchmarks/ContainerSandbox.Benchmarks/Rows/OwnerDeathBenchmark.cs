using System.Globalization;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>Kills owners of 20 containers at random moments, also while they still start, and watches what is left.</summary>
internal sealed class OwnerDeathBenchmark : IBenchmark
{
    private const int Containers = 20;

    public string Name => "death";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        // One owner that lives until it has all of them tells between which moments to choose.
        using var first = Owner.Start(Containers);
        var filling = await first.WaitUntilReadyAsync();
        var deaths = new List<OwnerDeath> { await OwnerDeath.CauseAsync(bench, first) };
        var random = new Random(bench.Options.Seed);
        var kills = bench.Options.Pick(20, 4);
        while (deaths.Count < kills)
        {
            using var owner = Owner.Start(Containers);
            var moment = filling * (1.2 * random.NextDouble());
            await Task.Delay(moment, TimeProvider.System);
            deaths.Add(await OwnerDeath.CauseAsync(bench, owner));
        }
        return [Result(deaths)];
    }

    private static Row Result(List<OwnerDeath> deaths)
    {
        var times = new Distribution(deaths.Select(death => death.UntilNoneRuns.TotalSeconds));
        var left = deaths.Sum(death => death.NeverStarted);
        var after = deaths.Sum(death => death.LeftAfterSweep);
        return new()
        {
            Name = $"kill -9 of an owner of {Containers} containers, until none runs",
            Unit = "s",
            Ours = times,
            Verdict = Verdict.EachAtMost(2, "s", times, andAlso: after == 0),
            Remark = string.Create(
                CultureInfo.InvariantCulture,
                $"{deaths.Count} owners killed with {deaths.Min(d => d.RunningBefore)} to {deaths.Max(d => d.RunningBefore)} containers running; {left} were created and never started, of which {after} are left after the next Initialize-Sandbox"),
        };
    }
}
