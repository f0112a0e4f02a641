namespace ContainerSandbox.Engine.Tests.Templates;

/// <summary>Pools that are changed, added and removed while the sandbox works.</summary>
public sealed class LivePoolTests
{
    private const long Megabyte = 1L << 20;

    [Fact]
    public async Task Other_limits_replace_the_slots_one_after_another_while_they_serve()
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        var old = rig.Backend.Containers;
        var gate = rig.Backend.Hold(BackendCall.Start);
        rig.Sandbox.Pools.Change("default", new PoolChange { Memory = 384 * Megabyte }, rig.Observer);
        await gate.UntilArrivedAsync();
        Assert.Equal(2, rig.Pool().Ready);
        Assert.All(Details(rig).Where(slot => slot.State == SandboxSlotState.Ready), slot => Assert.Contains("earlier template", slot.Reason, StringComparison.Ordinal));

        // One that is to go still serves, under the new limits.
        var environment = await rig.ClaimAsync("a");
        Assert.Equal((StartupSource.Warm, 384 * Megabyte), (environment.StartupSource, environment.MemoryLimit));
        Assert.Equal(384 * Megabyte, rig.Container(environment).Limits.Memory);
        gate.Open();
        await Eventually.PassTimeAsync(
            rig.Clock, TimeSpan.FromMilliseconds(20), () => rig.Pool() is { Ready: 2, Creating: 0, Removing: 0 } && Details(rig).All(slot => slot.Memory == 384 * Megabyte), "all are replaced");
        Assert.Equal(1, old.Count(container => container.IsReleased));
        Assert.All(rig.Backend.Containers.Where(container => container.Id != environment.ContainerId), container => Assert.Equal(384 * Megabyte, container.Spec.Limits.Memory));
    }

    [Fact]
    public async Task A_slot_whose_file_systems_are_too_large_for_the_new_limits_does_not_serve()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var gate = rig.Backend.Hold(BackendCall.Start);
        rig.Sandbox.Pools.Change("default", new PoolChange { Memory = 64 * Megabyte }, rig.Observer);
        await gate.UntilArrivedAsync();
        var ready = Details(rig).Single(slot => slot.State == SandboxSlotState.Ready);
        Assert.False(ready.CanServe);
        var claim = rig.ClaimAsync("a");
        await gate.UntilArrivedAsync(2);
        gate.Open();
        Assert.Equal(MissReason.PoolEmpty, (await Eventually.EndsAsync(claim)).MissReason);
    }

    [Fact]
    public async Task A_pool_that_does_not_exist_or_limits_that_are_too_small_change_nothing()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        Assert.Equal(
            SandboxErrorId.SandboxPoolNotFound,
            Assert.Throws<SandboxException>(() => rig.Sandbox.Pools.Change("python", new PoolChange(), rig.Observer)).ErrorId);
        Assert.Equal(
            SandboxErrorId.LimitTooSmall,
            Assert.Throws<SandboxException>(() => rig.Sandbox.Pools.Change("default", new PoolChange { WarmupContainers = 5, Memory = 1 }, rig.Observer)).ErrorId);
        Assert.Equal((1, 512 * Megabyte), (rig.Pool().Target, rig.Pool().Memory));
    }

    [Fact]
    public async Task A_new_pool_is_filled_and_serves()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var pool = await AddAsync(rig, "python");
        Assert.Equal(("python", 2, PoolState.Ready), (pool.Specialization, pool.Ready, pool.State));
        Assert.Equal(StartupSource.Warm, (await rig.ClaimAsync(For("python", "a"))).StartupSource);
        var error = await Eventually.FailsAsync(AddAsync(rig, "PYTHON"), SandboxErrorId.SandboxPoolExists);
        Assert.Equal("PYTHON", error.Target);
        await Eventually.FailsAsync(AddAsync(rig, "default"), SandboxErrorId.InvalidTemplate);
    }

    [Fact]
    public async Task A_new_pool_that_cannot_be_filled_does_not_stay()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        rig.Backend.Missing["python:1"] = false;
        await Eventually.FailsAsync(AddAsync(rig, "python"), SandboxErrorId.ImageNotFound);
        Assert.Equal(["default"], rig.Sandbox.GetPools().Select(pool => pool.Specialization));
        rig.Backend.Missing.Clear();
        Assert.Equal(2, (await AddAsync(rig, "python")).Ready);
    }

    [Fact]
    public async Task A_pool_that_is_removed_leaves_receipts_and_its_environments()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        await AddAsync(rig, "python");
        var kept = await rig.ClaimAsync(For("python", "a"));
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(20), () => rig.Pool("python").Ready == 2, "the pool is full");
        var receipts = await Eventually.PassTimeAsync(
            rig.Clock, TimeSpan.FromMilliseconds(20), rig.Sandbox.Pools.RemoveAsync("Python", rig.Observer, CancellationToken.None));
        Assert.Equal(2, receipts.Count);
        Assert.All(receipts, receipt => Assert.Equal((CleanupKind.Slot, true), (receipt.Kind, receipt.Verified)));
        Assert.Equal(["default"], rig.Sandbox.GetPools().Select(pool => pool.Specialization));
        Assert.Equal(0, (await rig.RunAsync("a", ":")).ExitCode);
        Assert.Equal(AgentEnvironmentState.Running, rig.Sandbox.GetEnvironments().Single().State);
        Assert.True((await rig.RemoveAsync("a", kept.EnvironmentId)).Verified);
        Assert.Equal("default", (await rig.ClaimAsync(For("python", "b"))).Template);
        Assert.Single(rig.Backend.Containers, container => container.Spec.ImageId == "sha256:1" && rig.Sandbox.GetEnvironments().Any(each => each.ContainerId == container.Id));
    }

    [Fact]
    public async Task The_default_pool_and_one_that_is_not_there_cannot_be_removed()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        await Eventually.FailsAsync(rig.Sandbox.Pools.RemoveAsync("Default", rig.Observer, CancellationToken.None), SandboxErrorId.DefaultPoolRequired);
        await Eventually.FailsAsync(rig.Sandbox.Pools.RemoveAsync("python", rig.Observer, CancellationToken.None), SandboxErrorId.SandboxPoolNotFound);
        Assert.Equal(1, rig.Pool().Ready);
    }

    [Fact]
    public async Task A_removed_sandbox_takes_no_pool()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        await rig.RemoveSandboxAsync();
        await Eventually.FailsAsync(AddAsync(rig, "python"), SandboxErrorId.SandboxRemoved);
    }

    [Fact]
    public async Task Details_say_what_each_slot_does_and_why_claims_were_missed()
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        Assert.Empty(rig.Pool().Slots);
        Assert.All(Details(rig), slot => Assert.Equal((SandboxSlotState.Ready, true, "image:1"), (slot.State, slot.CanServe, slot.Image)));
        await rig.ClaimAsync(new ClaimRequest { AgentId = "small", Memory = 64 * Megabyte });
        await rig.ClaimAsync(new ClaimRequest { AgentId = "other", Image = "other:1" });
        Assert.Equal(
            [("other", MissReason.ImageDiffers, "Image"), ("small", MissReason.MemoryBelowTmpfs, "Memory")],
            rig.Sandbox.GetPools(isDetailed: true)[0].Misses.Select(miss => (miss.AgentId, miss.Reason, miss.Field)));
    }

    private static IReadOnlyList<SandboxSlotInfo> Details(SandboxRig rig) => rig.Sandbox.GetPools(isDetailed: true)[0].Slots;

    private static Task<SandboxPoolInfo> AddAsync(SandboxRig rig, string name) => Eventually.EndsAsync(rig.Sandbox.Pools.AddAsync(
        new TemplateOptions { Specialization = name, Image = $"{name}:1", WarmupContainers = 2 }, rig.Observer, CancellationToken.None));

    private static ClaimRequest For(string specialization, string agentId) => new() { AgentId = agentId, Specialization = specialization };
}
