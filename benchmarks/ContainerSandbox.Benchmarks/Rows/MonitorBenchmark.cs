using System.Diagnostics;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>What it takes to watch many environments, and what that costs those who claim.</summary>
internal sealed class MonitorBenchmark : IBenchmark
{
    private const string AgentPrefix = "watched-";

    public string Name => "monitor";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var many = bench.Options.Pick(100, 24);
        var sandbox = bench.Module.Initialize("monitor", many);
        bench.Module.Run<SandboxPoolInfo>("Set-SandboxPool", ("WarmupContainers", Bench.PoolSize), ("Sandbox", sandbox.SandboxId), ("PassThru", true));
        for (var index = 0; index < many; index++)
            bench.Module.Run<AgentEnvironment>("New-AgentEnvironment", ("AgentId", $"{AgentPrefix}{index}"), ("Sandbox", sandbox.SandboxId));

        await bench.Module.SettleAsync(sandbox);
        Row[] rows = [await SweepAsync(bench, sandbox, many), await CostAsync(bench, sandbox, many), await ClaimAsync(bench, sandbox, many)];
        bench.Module.RemoveSandbox(sandbox);
        return rows;
    }

    private static async Task<Row> SweepAsync(Bench bench, SandboxInfo sandbox, int many)
    {
        var (ours, docker) = (new Sampler(), new Sampler());
        using var measure = bench.Module.Prepare("Measure-Sandbox", ("Sandbox", sandbox.SandboxId), ("AgentId", AgentPrefix + "*"));
        string[] arguments =
        [
            "stats", "--no-stream", .. bench.Module.Run<AgentEnvironment>("Get-AgentEnvironment", ("Sandbox", sandbox.SandboxId))
                .Select(environment => environment.ContainerId),
        ];
        for (var round = -1; round < bench.Options.Pick(10, 3); round++)
        {
            if (round == 0)
            {
                ours.Reset();
                docker.Reset();
            }

            if (ours.Time(measure.InvokeAll<ResourceSample>) is var samples && (samples.Count != many || samples.Any(sample => sample.GapReason.Length > 0)))
                throw new InvalidOperationException($"{samples.Count} samples of {many}, some of them maybe gaps.");
            await docker.TimeAsync(() => RunDockerAsync(arguments));
        }

        return new()
        {
            Name = $"one sample of each of {many} environments (Measure-Sandbox)",
            Unit = "ms",
            Ours = ours.Distribution,
            OtherName = "docker stats --no-stream",
            Other = docker.Distribution,
            Verdict = Verdict.TimesFaster(200, ours.Distribution, docker.Distribution),
        };
    }

    // Its processor time is that of the sweeps and of the judgement on health.
    private static async Task<Row> CostAsync(Bench bench, SandboxInfo sandbox, int many)
    {
        bench.Module.Run<SandboxMonitorInfo>("Start-SandboxMonitor", ("IntervalSeconds", 1), ("Sandbox", sandbox.SandboxId));
        await Task.Delay(TimeSpan.FromSeconds(bench.Options.Pick(60, 15)), TimeProvider.System);
        bench.Module.Run<object>("Stop-SandboxMonitor", ("Sandbox", sandbox.SandboxId));
        var monitor = bench.Module.Run<SandboxMonitorInfo>("Get-SandboxMonitor", ("Sandbox", sandbox.SandboxId))[0];
        var share = new Distribution([monitor.CpuPercent ?? throw new InvalidOperationException("The operating system does not tell processor times.")]);
        return new()
        {
            Name = $"monitor of {many} environments at 1 Hz, of one core",
            Unit = "%",
            Ours = share,
            Verdict = Verdict.MedianAtMost(1, "%", share),
            Remark = $"{monitor.Ticks} sweeps, {monitor.SkippedTicks} skipped, p50 {monitor.SweepTimeP50!.Value.TotalMilliseconds:0.00} ms, p99 {monitor.SweepTimeP99!.Value.TotalMilliseconds:0.00} ms",
        };
    }

    private static async Task<Row> ClaimAsync(Bench bench, SandboxInfo sandbox, int many)
    {
        var (watched, alone) = (new Sampler(), new Sampler());
        using var claim = bench.Module.Prepare("New-AgentEnvironment", ("Sandbox", sandbox.SandboxId));
        for (var round = -2; round < 2 * bench.Options.Pick(15, 4); round++)
        {
            if (round == 0)
            {
                watched.Reset();
                alone.Reset();
            }

            var isWatched = round % 2 == 0;
            if (isWatched)
                bench.Module.Run<SandboxMonitorInfo>("Start-SandboxMonitor", ("IntervalSeconds", 1), ("Sandbox", sandbox.SandboxId));
            await bench.Module.SettleAsync(sandbox);
            var times = isWatched ? watched : alone;
            var claimed = Enumerable.Range(0, Bench.PoolSize).Select(_ => times.Time(claim.Invoke<AgentEnvironment>)).ToList();
            claimed.ForEach(bench.Module.Remove);
            if (isWatched)
                bench.Module.Run<object>("Stop-SandboxMonitor", ("Sandbox", sandbox.SandboxId));
        }

        return new()
        {
            Name = $"warm claim beside {many} environments that are watched at 1 Hz",
            Unit = "ms",
            Ours = watched.Distribution,
            OtherName = "beside the same that nobody watches",
            Other = alone.Distribution,
            Verdict = Verdict.LessThanTimes(1.3, watched.Distribution, alone.Distribution),
        };
    }

    private static async Task<bool> RunDockerAsync(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? true : throw new InvalidOperationException("docker stats failed.");
    }
}
