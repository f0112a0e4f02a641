using System.Diagnostics;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>How many commands a second one environment sustains, second by second, both sides in turn.</summary>
internal sealed class RateBenchmark : IBenchmark
{
    // More at once does not raise what the engine sustains.
    private const int ExecsAtOnce = 4;

    public string Name => "rate";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var (ours, raw) = (new List<double>(), new List<double>());
        var agent = await CommandAgent.ClaimAsync(bench);
        using var command = agent.Prepare("/bin/true");
        var seconds = bench.Options.Pick(10, 3);
        for (var second = 0; second < seconds; second++)
        {
            ours.Add(CountOurs(() => CommandAgent.Require(command.Invoke<CommandResult>())));
            raw.Add(await CountExecsAsync(bench, agent));
        }
        agent.Remove();
        return [Result(new Distribution(ours), new Distribution(raw))];
    }

    private static double CountOurs(Action run)
    {
        var (count, clock) = (0, Stopwatch.StartNew());
        for (; clock.Elapsed.TotalSeconds < 1; count++) run();
        return count / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> CountExecsAsync(Bench bench, CommandAgent agent)
    {
        var (count, clock) = (0, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, ExecsAtOnce).Select(async _ =>
        {
            for (; clock.Elapsed.TotalSeconds < 1; Interlocked.Increment(ref count))
                CommandAgent.Require(await bench.Raw.ExecuteAsync(agent.ContainerId, agent.User, "/bin/true"));
        }));
        return count / clock.Elapsed.TotalSeconds;
    }

    private static Row Result(Distribution ours, Distribution raw) => new()
    {
        Name = "commands in one environment, one after another",
        Unit = "/s",
        Ours = ours,
        OtherName = $"exec, {ExecsAtOnce} at a time",
        Other = raw,
        Verdict = Verdict.TimesMore(20, ours, raw),
        Remark = "each command forks and executes a program; the percentiles are of seconds",
    };
}
