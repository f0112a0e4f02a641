using System.Collections.Concurrent;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Tests.Pools;

/// <summary>Many threads at once.</summary>
public sealed class PoolThreadsTests
{
    [Fact]
    public async Task Claims_from_many_threads_get_slots_of_their_own()
    {
        await using var rig = new PoolRig(16);
        await rig.FillAsync();
        var slots = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(rig.Pool.TryTake)));
        Slot[] got = [.. slots.OfType<Slot>()];
        Assert.Equal(16, got.Length);
        Assert.Equal(16, got.Distinct().Count());
    }

    [Fact]
    public async Task Ten_thousand_claims_and_releases_by_16_threads_lose_nothing_and_start_nothing_in_vain()
    {
        const int Threads = 16;
        const int Claims = 10_000 / Threads;
        await using var rig = await SandboxRig.OpenAsync(Threads);
        using var stop = new CancellationTokenSource();
        var time = PassingTime.RunAsync(rig.Clock, stop.Token);
        var had = new ConcurrentDictionary<string, int>();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            for (var claim = 0; claim < Claims; claim++)
            {
                var environment = await rig.ClaimAsync($"agent-{thread}");
                Assert.True(had.TryAdd(environment.ContainerId, thread), $"container {environment.ContainerId} was claimed twice");
                await rig.Sandbox.RemoveEnvironmentAsync($"agent-{thread}", null, TimeSpan.Zero, rig.Observer, CancellationToken.None);
            }
        })));
        await rig.UntilFullAsync();
        await stop.CancelAsync();
        await time;
        Assert.Equal(Threads * Claims, had.Count);
        Assert.Equal(Threads * Claims, rig.Starts);
        Assert.Equal(Threads, rig.Backend.Containers.Count);
        Assert.DoesNotContain(rig.Backend.Containers, container => had.ContainsKey(container.Id));
    }
}
