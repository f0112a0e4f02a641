using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Tests.Pools;

/// <summary>Pools of one sandbox beside each other.</summary>
public sealed class PoolTrafficTests
{
    [Fact]
    public async Task A_pool_whose_starts_fail_and_then_hang_does_not_keep_another_from_filling()
    {
        await using var rig = new PoolRig(3, first: 1);
        var source = new TroubledSource();
        var troubled = rig.AddPool("troubled", 2, source, first: 1);
        troubled.Begin();
        await Eventually.TrueAsync(() => source.Asked == 1, "the first start is asked for");
        source.Fail();
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(100), () => source.Asked == 2, "it is tried again, and hangs");
        await rig.FillAsync();
        Assert.Equal((3, 0), (rig.Pool.Ready, troubled.Ready));
        source.Fail();
    }

    [Fact]
    public async Task Pools_that_are_well_take_turns()
    {
        await using var rig = new PoolRig(3, first: 1);
        var order = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var other = rig.AddPool("other", 3, rig.Slots, first: 1);
        rig.Backend.OnStart = container => order.Enqueue(container.Spec.Labels["containersandbox.template"]);
        var gate = rig.Backend.Hold(BackendCall.Start);
        rig.Pool.Begin();
        other.Begin();
        await gate.UntilArrivedAsync();
        await Eventually.NothingMoreAsync();
        Assert.Equal(1, gate.Arrived);
        gate.Open();
        await rig.UntilFullAsync();
        await Eventually.TrueAsync(() => other.Ready == 3, "the other is full too");
        Assert.Equal(["default", "other", "default", "other", "default", "other"], order);
        other.Close();
    }

    [Fact]
    public async Task A_claim_from_one_pool_goes_before_what_another_starts()
    {
        await using var rig = new PoolRig(1);
        await rig.FillAsync();
        var other = rig.AddPool("other", 1, rig.Slots, first: 1);
        rig.Claim();
        other.Begin();
        await Eventually.NothingMoreAsync();
        Assert.Equal(1, rig.Creates);
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromMilliseconds(20), 2);
        rig.Clock.Advance(TimeSpan.FromMilliseconds(20));
        await Eventually.TrueAsync(() => other.Ready == 1, "the other fills a moment later");
        other.Close();
    }

    private sealed class TroubledSource : ISlotSource
    {
        private TaskCompletionSource<Slot> _start = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Asked { get; private set; }

        public Task<Slot> StartAsync(SandboxTemplate template, CancellationToken cancellationToken)
        {
            Asked++;
            return _start.Task.WaitAsync(cancellationToken);
        }

        public void Fail()
        {
            var failing = _start;
            _start = new TaskCompletionSource<Slot>(TaskCreationOptions.RunContinuationsAsynchronously);
            failing.SetException(EngineFault.Refused());
        }
    }
}
