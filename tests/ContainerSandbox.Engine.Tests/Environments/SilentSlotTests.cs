namespace ContainerSandbox.Engine.Tests.Environments;

/// <summary>Slots that do not answer when they are claimed.</summary>
public sealed class SilentSlotTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan DeadlineOfTheLast = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan AMoment = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task The_next_slot_is_taken_after_250_milliseconds_and_the_silent_one_goes()
    {
        await using var rig = await OpenAsync(2);
        var silent = Head(rig);
        silent.Silence();
        var start = rig.Clock.GetTimestamp();
        var claim = rig.ClaimAsync();
        await rig.Clock.PassAsync(Deadline);
        var environment = await Eventually.EndsAsync(claim);
        Assert.Equal(Deadline, rig.Clock.GetElapsedTime(start));
        Assert.Equal(StartupSource.Warm, environment.StartupSource);
        Assert.NotEqual(silent.Id, environment.ContainerId);
        Assert.Equal(Deadline, environment.StartupTime);
        Assert.Equal(0, rig.Backend.Count(BackendCall.Update));
        await Eventually.PassTimeAsync(rig.Clock, AMoment, () => silent.IsReleased, "the silent one goes");
    }

    [Fact]
    public async Task The_last_slot_has_more_time_and_when_all_are_silent_the_claim_is_cold()
    {
        await using var rig = await OpenAsync(1);
        rig.Backend.Containers[0].Silence();
        var claim = rig.ClaimAsync();
        await rig.Clock.PassAsync(DeadlineOfTheLast);
        var environment = await Eventually.EndsAsync(claim);
        Assert.Equal((StartupSource.Cold, MissReason.SlotsUnhealthy), (environment.StartupSource, environment.MissReason));
    }

    [Fact]
    public async Task Two_silent_slots_and_an_engine_that_answers_cost_the_two_slots()
    {
        await using var rig = await OpenAsync(3);
        FakeContainer[] silent = [rig.Backend.Containers[1], rig.Backend.Containers[2]];
        Array.ForEach(silent, container => container.Silence());
        var claim = rig.ClaimAsync();
        await rig.Clock.PassAsync(Deadline);
        await rig.Clock.PassAsync(Deadline);
        var environment = await Eventually.EndsAsync(claim);
        Assert.Equal(rig.Backend.History.First().Id, environment.ContainerId);
        Assert.Equal(StartupSource.Warm, environment.StartupSource);
        await Eventually.PassTimeAsync(rig.Clock, AMoment, () => silent.All(container => container.IsReleased), "the silent ones go");
    }

    [Fact]
    public async Task Two_silent_slots_and_a_silent_engine_keep_the_slots_and_end_the_claim()
    {
        await using var rig = await OpenAsync(2);
        var containers = rig.Backend.Containers;
        foreach (var container in containers)
            container.Silence();
        rig.Backend.Fail(BackendCall.List, EngineFault.Silent);
        var claim = rig.ClaimAsync();
        await rig.Clock.PassAsync(Deadline);
        await rig.Clock.PassAsync(DeadlineOfTheLast);
        await Eventually.FailsAsync(claim, SandboxErrorId.EngineNotResponding);
        Assert.Equal(2, rig.Pool().Ready);
        Assert.Equal((0, 0), (rig.Pool().Creating, rig.Pool().Removing));
        Assert.Equal(2, rig.Backend.Count(BackendCall.Start));
        Assert.All(containers, container => Assert.False(container.IsReleased));

        // The engine is back: the same slots serve.
        rig.Backend.Heal(BackendCall.List);
        foreach (var container in containers)
            container.Speak();
        var environment = await Eventually.EndsAsync(rig.ClaimAsync());
        Assert.Equal(StartupSource.Warm, environment.StartupSource);
        Assert.Contains(environment.ContainerId, containers.Select(container => container.Id));
    }

    [Fact]
    public async Task A_cancelled_claim_frees_the_id_and_gives_up_its_slot()
    {
        await using var rig = await OpenAsync(1);
        var silent = Head(rig);
        silent.Silence();
        using var cancellation = new CancellationTokenSource();
        var claim = rig.ClaimAsync(new ClaimRequest { AgentId = "a" }, cancellation.Token);
        await rig.Clock.UntilWaitingAsync(DeadlineOfTheLast);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => claim);
        await Eventually.TrueAsync(() => silent.IsReleased, "its slot goes");
        await rig.UntilFullAsync();
        Assert.Equal(StartupSource.Warm, (await rig.ClaimAsync("a")).StartupSource);
    }

    [Fact]
    public async Task Limits_that_the_engine_refuses_end_the_claim_and_its_slot()
    {
        await using var rig = await OpenAsync(1);
        var taken = Head(rig);
        rig.Backend.Fail(BackendCall.Update, EngineFault.Refused);
        await Eventually.FailsAsync(rig.ClaimAsync(new ClaimRequest { AgentId = "a", Cpu = 2 }), SandboxErrorId.EngineError);
        await Eventually.TrueAsync(() => taken.IsReleased, "its slot goes");
        await rig.UntilFullAsync();
        await rig.ClaimAsync("a");
    }

    [Fact]
    public async Task A_slot_that_is_gone_when_its_limits_are_set_makes_room_for_the_next()
    {
        await using var rig = await OpenAsync(2);
        var gone = Head(rig);
        rig.Backend.Before(BackendCall.Update, (call, _) => call == 1 ? throw EngineFault.NoContainer() : Task.CompletedTask);
        var environment = await rig.ClaimAsync(new ClaimRequest { AgentId = "a", Cpu = 2 });
        Assert.Equal(StartupSource.Warm, environment.StartupSource);
        Assert.NotEqual(gone.Id, environment.ContainerId);
    }

    // One start after another, so that the order of the slots is known: the rehearsal put the first behind the others.
    private static Task<SandboxRig> OpenAsync(int warmup) => SandboxRig.OpenAsync(warmup, optimization => optimization with { EnableParallelStartup = false });

    private static FakeContainer Head(SandboxRig rig) => rig.Backend.Containers.Count == 1 ? rig.Backend.Containers[0] : rig.Backend.Containers[1];
}
