using System.Globalization;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>A claim whose agent has a prepared folder on this machine, against a container started for the occasion.</summary>
internal sealed class WorkspaceClaimBenchmark : IBenchmark
{
    private const int Files = 20;

    public string Name => "workspace";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var folder = Directory.CreateTempSubdirectory("containersandbox-bench-");
        try
        {
            for (var i = 0; i < Bench.PoolSize; i++) Prepare(Path.Combine(folder.FullName, AgentId(i)));
            var sandbox = bench.Module.Initialize("workspace", Bench.PoolSize, ("Workspace", folder.FullName));
            var row = await ClaimAsync(bench, sandbox);
            bench.Module.RemoveSandbox(sandbox);
            return [row];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Row> ClaimAsync(Bench bench, SandboxInfo sandbox)
    {
        var (ours, raw) = (new Sampler(), new Sampler());
        var cold = 0;
        for (var round = -1; round < bench.Options.Pick(20, 5); round++)
        {
            if (round == 0)
            {
                ours.Reset();
                raw.Reset();
                cold = 0;
            }

            await bench.Module.SettleAsync(sandbox);
            var claimed = new List<AgentEnvironment>();
            for (var i = 0; i < Bench.PoolSize; i++)
            {
                using var claim = bench.Module.Prepare("New-AgentEnvironment", ("Sandbox", sandbox.SandboxId), ("AgentId", AgentId(i)));
                claimed.Add(ours.Time(claim.Invoke<AgentEnvironment>));
            }

            cold += claimed.Count(environment => environment.StartupSource != StartupSource.Warm);
            await bench.Module.SettleAsync(sandbox);
            await (await raw.TimeAsync(() => bench.Raw.StartAsync(bench.Template.Parameters))).DisposeAsync();
            claimed.ForEach(bench.Module.Remove);
        }

        return new Row
        {
            Name = $"warm claim with a prepared folder of {Files} files",
            Unit = "ms",
            Ours = ours.Distribution,
            OtherName = "create + attach + start of a container",
            Other = raw.Distribution,
            Verdict = Verdict.TimesFaster(10, ours.Distribution, raw.Distribution),
            Remark = $"the files are moved into the folder of the ready container; {cold} of {ours.Distribution.Count} came cold",
        };
    }

    private static string AgentId(int number) => string.Create(CultureInfo.InvariantCulture, $"agent{number}");

    private static void Prepare(string folder)
    {
        Directory.CreateDirectory(folder);
        for (var i = 0; i < Files; i++)
            File.WriteAllText(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"file{i}")), "prepared");
    }
}
