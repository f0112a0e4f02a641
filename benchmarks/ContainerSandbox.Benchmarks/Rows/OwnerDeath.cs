using System.Diagnostics;
using Docker.DotNet.Models;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>What was left of one killed owner, and for how long.</summary>
internal sealed record OwnerDeath(int RunningBefore, TimeSpan UntilNoneRuns, int NeverStarted, int LeftAfterSweep)
{
    // A start that was under way at the kill may still surface: none has to run for this long.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public static async Task<OwnerDeath> CauseAsync(Bench bench, Owner owner)
    {
        var before = Running(await bench.Raw.ListOfOwnerAsync(owner.ProcessId));
        var begun = Stopwatch.GetTimestamp();
        await owner.KillAsync();
        var (until, last) = await WatchAsync(bench, owner.ProcessId, begun);
        var neverStarted = last.Count(container => container.State == "created");
        return new OwnerDeath(before, until, neverStarted, neverStarted == 0 ? 0 : await SweepAsync(bench, owner.ProcessId));
    }

    private static async Task<(TimeSpan Until, IList<ContainerListResponse> Last)> WatchAsync(Bench bench, int processId, long begun)
    {
        var until = TimeSpan.Zero;
        var ran = true;
        while (true)
        {
            var containers = await bench.Raw.ListOfOwnerAsync(processId);
            var now = Stopwatch.GetElapsedTime(begun);
            // The first look that finds none is the proof; a later one that finds some takes it back.
            if (Running(containers) > 0) ran = true;
            else if (ran) (ran, until) = (false, now);
            if ((!ran && now - until > Quiet) || now > Patience) return (ran ? now : until, containers);
            await Task.Delay(Look, TimeProvider.System);
        }
    }

    private static async Task<int> SweepAsync(Bench bench, int processId)
    {
        bench.Module.RemoveSandbox(bench.Module.Initialize("sweep", 0));
        return (await bench.Raw.ListOfOwnerAsync(processId)).Count;
    }

    private static int Running(IList<ContainerListResponse> containers) => containers.Count(container =>
        container.State is "running" or "paused" or "restarting");
}
