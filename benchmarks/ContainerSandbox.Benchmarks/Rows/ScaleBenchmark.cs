using ContainerSandbox.Benchmarks.Raw;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>From few containers to many: what a claim takes beside them, and what each slot holds of the machine.</summary>
internal sealed class ScaleBenchmark : IBenchmark
{
    private const int Few = 8;

    public string Name => "scale";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var many = bench.Options.Pick(200, 40);
        var sandbox = bench.Module.Initialize("scale", Few);
        var alone = await ClaimAsync(bench, sandbox);
        var before = Holdings.Measure(bench);
        var others = bench.Module.Initialize("many", many - Few);
        await bench.Module.SettleAsync(others);
        var after = Holdings.Measure(bench);
        var beside = await ClaimAsync(bench, sandbox);
        var shim = ProcessFootprint.Of(await ShimAsync(bench, sandbox));
        bench.Module.RemoveSandbox(others);
        bench.Module.RemoveSandbox(sandbox);
        var slots = many - Few;
        return
        [
            new()
            {
                Name = $"warm claim with {many} containers",
                Unit = "ms",
                Ours = beside,
                OtherName = $"with {Few}",
                Other = alone,
                Verdict = Verdict.LessThanTimes(2, beside, alone),
            },
            Result("the module", after.Module.Memory - before.Module.Memory, after.Module.Threads - before.Module.Threads, after.Module.Handles - before.Module.Handles, slots),
            Result("the engine", after.Engine.Memory - before.Engine.Memory, after.Engine.Threads - before.Engine.Threads, after.Engine.Handles - before.Engine.Handles, slots),
            Result("the container's shim", shim.Memory, shim.Threads, shim.Handles, 1),
        ];
    }

    private static async Task<Distribution> ClaimAsync(Bench bench, SandboxInfo sandbox)
    {
        var times = new Sampler();
        using var claim = bench.Module.Prepare("New-AgentEnvironment", ("Sandbox", sandbox.SandboxId));
        for (var round = -1; round < bench.Options.Pick(10, 4); round++)
        {
            if (round == 0) times.Reset();
            await bench.Module.SettleAsync(sandbox);
            var claimed = Enumerable.Range(0, Bench.PoolSize).Select(_ => times.Time(claim.Invoke<AgentEnvironment>)).ToList();
            claimed.ForEach(bench.Module.Remove);
        }
        return times.Distribution;
    }

    // Whoever started a container's first process.
    private static async Task<int> ShimAsync(Bench bench, SandboxInfo sandbox)
    {
        var environment = bench.Module.Claim(sandbox);
        var state = (await bench.Raw.InspectAsync(environment.ContainerId)).State ?? throw new InvalidOperationException("The engine tells no state.");
        return ProcessFootprint.ParentOf((int)state.Pid);
    }

    private static Row Result(string who, long memory, int threads, int handles, int slots) => new()
    {
        Name = $"memory for a slot in {who}",
        Unit = "KB",
        Ours = new Distribution([memory / 1024.0 / slots]),
        Verdict = Verdict.None,
        Remark = FormattableString.Invariant($"and {(double)threads / slots:0.0} threads, {(double)handles / slots:0.0} handles; a mean of {slots}"),
    };

    private sealed record Holdings(ProcessFootprint Module, ProcessFootprint Engine)
    {
        public static Holdings Measure(Bench bench)
        {
            // What the module's process keeps, not what waits to be collected there.
            var module = ProcessFootprint.Of(Environment.ProcessId) with { Memory = GC.GetTotalMemory(forceFullCollection: true) };
            return new Holdings(module, EngineProcesses.Measure(bench.Sandbox.Engine.Endpoint));
        }
    }
}
