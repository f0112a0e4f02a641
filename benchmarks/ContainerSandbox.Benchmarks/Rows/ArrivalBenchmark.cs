using System.Collections.Concurrent;
using System.Diagnostics;
using ContainerSandbox.Benchmarks.Shells;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>
/// Claims that come when they come (Poisson arrivals, an open loop: nobody waits for the one before), at a share of what the pool refills
/// at most. Each environment is held for a while and removed.
/// </summary>
internal sealed class ArrivalBenchmark : IBenchmark
{
    private const int Shells = 8;
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly (double Load, int Target)[] Cases = [(0.5, 16), (0.8, 16), (0.8, 5), (0.95, 16), (1.2, 16)];

    public string Name => "arrivals";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var capacity = await MeasureCapacityAsync(bench);
        var rows = new List<Row>();
        foreach (var (load, target) in Cases)
        {
            var length = TimeSpan.FromSeconds(load == 0.8 ? bench.Options.Pick(300, 20) : bench.Options.Pick(60, 20));
            var sandbox = bench.Module.Initialize("arrivals", target);
            var claims = await ArriveAsync(bench, sandbox, load * capacity, length);
            bench.Module.RemoveSandbox(sandbox);
            rows.Add(Result(claims, load, target, capacity));
        }
        return rows;
    }

    // A claim as soon as something is ready, and its removal: so much goes into a pool that is never full, while no cold start takes the
    // engine's time from it.
    private static async Task<double> MeasureCapacityAsync(Bench bench)
    {
        var sandbox = bench.Module.Initialize("capacity", 16);
        using var shells = new ShellPool(Shells);
        using var pools = bench.Module.Prepare("Get-SandboxPool", ("Sandbox", sandbox.SandboxId));
        var (drained, length) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(bench.Options.Pick(35, 15)));
        var removals = new List<Task>();
        var counted = 0;
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) is var at && at < length)
        {
            if (pools.Invoke<SandboxPoolInfo>().Ready > 0)
            {
                removals.Add(RemoveAsync(shells, bench.Module.Claim(sandbox)));
                if (at > drained) counted++;
            }

            await Task.Delay(Look, TimeProvider.System);
        }

        await Task.WhenAll(removals);
        bench.Module.RemoveSandbox(sandbox);
        return counted / (length - drained).TotalSeconds;
    }

    private static async Task<List<Claim>> ArriveAsync(Bench bench, SandboxInfo sandbox, double perSecond, TimeSpan length)
    {
        using var shells = new ShellPool(Shells);
        var claims = new ConcurrentBag<Claim>();
        var random = new Random(bench.Options.Seed);
        var running = new List<Task>();
        var begun = Stopwatch.GetTimestamp();
        for (var due = TimeSpan.Zero; due < length; due += TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / perSecond))
        {
            var wait = due - Stopwatch.GetElapsedTime(begun);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, TimeProvider.System);
            var at = due;
            running.Add(AddAsync(at));
        }
        await Task.WhenAll(running);
        return [.. claims.OrderBy(claim => claim.At)];

        async Task AddAsync(TimeSpan at) => claims.Add(await ClaimAsync(shells, sandbox, at));
    }

    private static async Task<Claim> ClaimAsync(ShellPool shells, SandboxInfo sandbox, TimeSpan at)
    {
        var begun = Stopwatch.GetTimestamp();
        var environment = await shells.UseAsync(shell => shell.Claim(sandbox));
        var claim = new Claim(at, Stopwatch.GetElapsedTime(begun), environment.StartupSource == StartupSource.Warm);
        await RemoveAsync(shells, environment);
        return claim;
    }

    private static async Task RemoveAsync(ShellPool shells, AgentEnvironment environment)
    {
        await Task.Delay(Held, TimeProvider.System);
        await shells.UseAsync(shell =>
        {
            shell.Remove(environment);
            return true;
        });
    }

    private static Row Result(List<Claim> claims, double load, int target, double capacity)
    {
        var warm = new Distribution([100.0 * claims.Count(claim => claim.IsWarm) / claims.Count]);
        return new()
        {
            Name = FormattableString.Invariant($"claims from the pool at {load * 100:0} % of what it refills, target {target}"),
            Unit = "%",
            Ours = warm,
            Verdict = load == 0.8 && target == 16 ? Verdict.AtLeast(99, "%", warm) : Verdict.None,
            Remark = FormattableString.Invariant(
                $"{claims.Count} arrivals at {load * capacity:0.0} a second of {capacity:0.0}; claim p50 {Percentile(claims, 50):0.0} ms, p99 {Percentile(claims, 99):0} ms"),
        };
    }

    private static double Percentile(List<Claim> claims, int percent) =>
        new Distribution(claims.Select(claim => claim.Took.TotalMilliseconds)).Percentile(percent);

    private sealed record Claim(TimeSpan At, TimeSpan Took, bool IsWarm);
}
