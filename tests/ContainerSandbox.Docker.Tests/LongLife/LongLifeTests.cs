using System.Globalization;
using ContainerSandbox.Docker.Tests.Hardening;
using ContainerSandbox.Engine.Sandboxes;
using ContainerSandbox.Testing;
using Xunit.Abstractions;

namespace ContainerSandbox.Docker.Tests.LongLife;

/// <summary>
/// A sandbox that lives long on a real engine costs its process what it cost at first. <c>CONTAINERSANDBOX_SOAK_CLAIMS=500</c> in the
/// environment makes the run that long.
/// </summary>
[Collection(nameof(Alone))]
public sealed class LongLifeTests(DockerFixture engine, ITestOutputHelper output)
{
    private const int UsualClaims = 30;
    private const int AtOnce = 3;
    private const int Ready = 4;

    // Memory goes up and down by half a megabyte with what the connections hold at the moment. A handle or a thread kept of each claim would show.
    private const long MoreBytes = 2 * 1024 * 1024;
    private const int MoreThreads = 4;
    private const int MoreHandles = 4;
    private static readonly TimeSpan PoolTakes = TimeSpan.FromSeconds(60);

    private static int Claims
    {
        get
        {
            var asked = Environment.GetEnvironmentVariable("CONTAINERSANDBOX_SOAK_CLAIMS");
            return asked is null ? UsualClaims : int.Parse(asked, CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    public async Task Claims_on_a_real_engine_leave_memory_threads_and_handles_as_they_were()
    {
        var sandbox = await Sandboxes.InitializeAsync(new SandboxOptions
        {
            Name = "long-life",
            Image = engine.Busybox,
            Optimization = StartupOptimization.Development with { WarmupContainers = Ready },
            SecurityProfilePath = Repository.SecurityProfile,
            Endpoint = engine.Engine.Host,
        });
        try
        {
            await ClaimAsync(sandbox, Claims / 3);
            var first = await CostAsync(sandbox);
            await ClaimAsync(sandbox, Claims - Claims / 3);
            var last = await CostAsync(sandbox);
            output.WriteLine($"{Claims} claims: {first} after a third, {last} at the end");
            Assert.Equal(Claims, sandbox.GetSummary().Claims);
            Assert.True(last.Bytes - first.Bytes < MoreBytes, $"{last.Bytes - first.Bytes} bytes more");
            Assert.True(last.Threads - first.Threads <= MoreThreads, $"{last.Threads - first.Threads} threads more");
            Assert.True(last.Handles - first.Handles <= MoreHandles, $"{last.Handles - first.Handles} handles more");
        }
        finally
        {
            var receipts = await sandbox.RemoveAsync(TimeSpan.Zero, Quiet.Observer, CancellationToken.None);
            Assert.All(receipts, receipt => Assert.True(receipt.Verified));
        }
    }

    private static Task ClaimAsync(Sandbox sandbox, int claims) => Parallel.ForAsync(
        0, claims, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, _) =>
        {
            // Nobody names it, so each claim is that of a new agent.
            var environment = await sandbox.ClaimAsync();
            Assert.Equal("at work", await sandbox.LineAsync(environment, "echo at work"));
            await sandbox.RemoveAsync(environment);
        });

    // What goes on after a claim ends with the pool being full.
    private static async Task<ProcessCost> CostAsync(Sandbox sandbox)
    {
        await Eventually.HoldsAsync("the pool is full", PoolTakes, () => Task.FromResult(
            sandbox.GetPools()[0] is { Ready: Ready, Creating: 0, Removing: 0 } && sandbox.GetInfo() is { Environments: 0, Quarantined: 0 }));
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        return ProcessCost.Now();
    }
}
