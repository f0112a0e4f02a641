using System.Diagnostics;
using ContainerSandbox.Benchmarks.Shells;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>How many commands a second one environment sustains, second by second, both sides in turn, each with as many at once.</summary>
internal sealed class RateBenchmark : IBenchmark
{
    // More at once does not raise what the engine sustains.
    private const int AtOnce = 4;

    public string Name => "rate";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var (ours, raw) = (new List<double>(), new List<double>());
        var agent = await CommandAgent.ClaimAsync(bench);
        var shells = Enumerable.Range(0, AtOnce).Select(_ => new ModuleShell()).ToArray();
        var commands = shells.Select(shell => agent.Prepare("/bin/true", shell)).ToArray();
        var seconds = bench.Options.Pick(10, 3);
        for (var second = -1; second < seconds; second++)
        {
            var (oursNow, rawNow) = (await CountAsync(commands), await CountExecsAsync(bench, agent));
            if (second < 0) continue;
            ours.Add(oursNow);
            raw.Add(rawNow);
        }
        foreach (var command in commands) command.Dispose();
        foreach (var shell in shells) shell.Dispose();
        agent.Remove();
        return [Result(new Distribution(ours), new Distribution(raw))];
    }

    // A runspace runs one pipeline at a time, on a thread of its own.
    private static async Task<double> CountAsync(IReadOnlyList<PreparedCommand> commands)
    {
        var (count, clock) = (0, Stopwatch.StartNew());
        await Task.WhenAll(commands.Select(command => Task.Factory.StartNew(
            () =>
            {
                for (; clock.Elapsed.TotalSeconds < 1; Interlocked.Increment(ref count)) CommandAgent.Require(command.Invoke<CommandResult>());
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        return count / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> CountExecsAsync(Bench bench, CommandAgent agent)
    {
        var (count, clock) = (0, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            for (; clock.Elapsed.TotalSeconds < 1; Interlocked.Increment(ref count))
                CommandAgent.Require(await bench.Raw.ExecuteAsync(agent.ContainerId, agent.User, "/bin/true"));
        }));
        return count / clock.Elapsed.TotalSeconds;
    }

    private static Row Result(Distribution ours, Distribution raw) => new()
    {
        Name = $"commands in one environment, {AtOnce} at a time",
        Unit = "/s",
        Ours = ours,
        OtherName = $"exec, {AtOnce} at a time",
        Other = raw,
        Verdict = Verdict.TimesMore(20, ours, raw),
        Remark = "each command forks and executes a program; the percentiles are of seconds",
    };
}
