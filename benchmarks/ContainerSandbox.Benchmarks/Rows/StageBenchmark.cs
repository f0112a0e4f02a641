using ContainerSandbox.Benchmarks.Shells;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>Where the time of a cold start goes: what the engine takes for each call, and what the module adds.</summary>
internal sealed class StageBenchmark : IBenchmark
{
    private readonly Sampler create = new();
    private readonly Sampler attach = new();
    private readonly Sampler start = new();
    private readonly Sampler added = new();
    private readonly Sampler session = new();

    public string Name => "stages";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var sandbox = bench.Module.Initialize("stages", 0);
        await bench.Module.SettleAsync(bench.Sandbox);
        var rounds = bench.Options.Pick(20, 5);
        for (var round = -1; round < rounds; round++)
        {
            if (round == 0)
            {
                foreach (var sampler in new[] { create, attach, start, added, session }) sampler.Reset();
            }

            await MeasureEngineAsync(bench);
            await ModuleShell.QuietAsync();
            MeasureModule(bench, sandbox);
            await ModuleShell.QuietAsync();
        }

        bench.Module.RemoveSandbox(sandbox);
        return
        [
            Result("the engine makes the container", create),
            Result("the engine hands over its input", attach),
            Result("the engine starts it", start),
            Result("the module checks, watches and counts", added),
            Result("until its sessions are open and its first command has run", session),
        ];
    }

    private async Task MeasureEngineAsync(Bench bench)
    {
        var id = await create.TimeAsync(() => bench.Raw.CreateAsync(bench.Template.Parameters));
        var container = await attach.TimeAsync(() => bench.Raw.AttachAsync(id));
        await start.TimeAsync(async () =>
        {
            await bench.Raw.LaunchAsync(id);
            return true;
        });
        await container.DisposeAsync();
    }

    private void MeasureModule(Bench bench, SandboxInfo sandbox)
    {
        var environment = bench.Module.Claim(sandbox);
        added.Add(environment.StartupTime - environment.AllocationTime);
        session.Time(() => bench.Module.Run<CommandResult>(
            "Invoke-AgentCommand", ("AgentId", environment.AgentId), ("Sandbox", environment.SandboxId), ("Command", "true")));
        bench.Module.Remove(environment);
    }

    private static Row Result(string stage, Sampler times) => new()
    {
        Name = $"cold start: {stage}",
        Unit = "ms",
        Ours = times.Distribution,
        Verdict = Verdict.None,
    };
}
