using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>Claims that take a whole pool in a row, in turn with a container that is made and started for the occasion.</summary>
/// <param name="Ours">What the claims took.</param>
/// <param name="Raw">What the others took.</param>
/// <param name="Cold">Claims that were not served from the pool.</param>
internal sealed record ClaimRounds(Distribution Ours, Distribution Raw, int Cold)
{
    public static async Task<ClaimRounds> RunAsync(Bench bench, int rounds, params (string Name, object Value)[] parameters)
    {
        var (ours, raw) = (new Sampler(), new Sampler());
        using var claim = bench.Module.Prepare("New-AgentEnvironment", [("Sandbox", bench.Sandbox.SandboxId), .. parameters]);
        var cold = 0;
        for (var round = -1; round < rounds; round++)
        {
            if (round == 0)
            {
                ours.Reset();
                raw.Reset();
                cold = 0;
            }
            await bench.Module.SettleAsync(bench.Sandbox);
            var claimed = new List<AgentEnvironment>();
            for (var i = 0; i < Bench.PoolSize; i++) claimed.Add(ours.Time(claim.Invoke<AgentEnvironment>));
            cold += claimed.Count(environment => environment.StartupSource != StartupSource.Warm);
            await bench.Module.SettleAsync(bench.Sandbox);
            await (await raw.TimeAsync(() => bench.Raw.StartAsync(bench.Template.Parameters))).DisposeAsync();
            claimed.ForEach(bench.Module.Remove);
        }
        return new ClaimRounds(ours.Distribution, raw.Distribution, cold);
    }
}
