namespace ContainerSandbox.Engine.Tests.Environments;

/// <summary>A claim that the pool does not serve: it says why, and is never an error because of it.</summary>
public sealed class ColdClaimTests
{
    [Fact]
    public async Task Without_optimization_each_claim_is_cold_and_nothing_is_kept_ready()
    {
        await using var rig = await SandboxRig.OpenAsync(5, optimization => optimization with { OptimizationEnabled = false });
        Assert.Equal(1, rig.StartsBefore);
        Assert.Empty(rig.Backend.Containers);
        await ColdAsync(rig, MissReason.OptimizationDisabled);
        Assert.Equal(1, rig.Starts);
    }

    [Fact]
    public async Task A_pool_without_containers_is_disabled()
    {
        await using var rig = await SandboxRig.OpenAsync(0);
        await ColdAsync(rig, MissReason.PoolDisabled);
    }

    [Fact]
    public async Task An_empty_pool_is_a_cold_start()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        await rig.ClaimAsync("first");
        await ColdAsync(rig, MissReason.PoolEmpty);
        Assert.Equal(MissReason.PoolEmpty, rig.Pool().LastMissReason);
        Assert.Equal(0.5, rig.Pool().HitRate);
    }

    [Fact]
    public async Task Too_little_memory_for_the_file_systems_of_a_slot_is_a_cold_start_with_its_own()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var environment = await rig.ClaimAsync(new ClaimRequest { AgentId = "a", Memory = 64L << 20 });
        Assert.Equal((StartupSource.Cold, MissReason.MemoryBelowTmpfs), (environment.StartupSource, environment.MissReason));
        var container = rig.Container(environment);
        Assert.Equal(64L << 20, container.Limits.Memory);
        Assert.True(container.Spec.TmpfsMounts.Sum(mount => mount.Size) <= 32L << 20);
        Assert.Equal(2, rig.Pool().Ready);
        Assert.Empty(rig.Backend.Updates);
    }

    [Fact]
    public async Task A_degraded_pool_serves_cold_and_recovers_by_itself()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        rig.Backend.Fail(BackendCall.Start, EngineFault.Refused);
        await rig.ClaimAsync("first");
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromMilliseconds(20), 3);
        rig.Clock.Advance(TimeSpan.FromMilliseconds(20));
        await rig.Clock.PassAsync(TimeSpan.FromSeconds(0.2));
        await rig.Clock.PassAsync(TimeSpan.FromSeconds(0.4));
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromSeconds(0.8));
        Assert.Equal(PoolState.Degraded, rig.Pool().State);
        Assert.Equal(SandboxState.Degraded, rig.Sandbox.GetInfo().State);
        rig.Backend.Heal(BackendCall.Start);
        await ColdAsync(rig, MissReason.PoolDegraded);
        rig.Clock.Advance(TimeSpan.FromSeconds(0.8));
        await rig.UntilFullAsync();
        Assert.Equal(PoolState.Ready, rig.Pool().State);
        Assert.Equal(SandboxState.Ready, rig.Sandbox.GetInfo().State);
    }

    [Fact]
    public async Task A_failing_cold_start_frees_the_id_and_counts_as_a_failed_claim()
    {
        await using var rig = await SandboxRig.OpenAsync(0);
        rig.Backend.Fail(BackendCall.Start, EngineFault.Refused);
        await Eventually.FailsAsync(rig.ClaimAsync("a"), SandboxErrorId.EngineError);
        Assert.Empty(rig.Sandbox.GetEnvironments());
        rig.Backend.Heal(BackendCall.Start);
        await rig.ClaimAsync("a");
        Assert.Equal(0.5, rig.Sandbox.GetMetrics().Single().ErrorRate);
    }

    [Fact]
    public async Task A_cold_start_that_takes_too_long_says_so_and_leaves_nothing()
    {
        await using var rig = await SandboxRig.OpenAsync(0);
        rig.Backend.Hold(BackendCall.Start);
        var claim = rig.ClaimAsync("a");
        await rig.Clock.PassAsync(TimeSpan.FromSeconds(30));
        await Eventually.FailsAsync(claim, SandboxErrorId.StartTimedOut);
        Assert.Empty(rig.Backend.Containers);
        Assert.Empty(rig.Sandbox.GetEnvironments());
    }

    [Fact]
    public async Task A_cancelled_cold_start_leaves_nothing()
    {
        await using var rig = await SandboxRig.OpenAsync(0);
        var gate = rig.Backend.Hold(BackendCall.Start);
        using var cancellation = new CancellationTokenSource();
        var claim = rig.ClaimAsync(new ClaimRequest { AgentId = "a" }, cancellation.Token);
        await gate.UntilArrivedAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => claim);
        Assert.Empty(rig.Backend.Containers);
        rig.Backend.Heal(BackendCall.Start);
        await rig.ClaimAsync("a");
    }

    [Fact]
    public async Task A_container_is_handed_over_while_its_sessions_open_and_its_first_command_waits_for_them()
    {
        await using var rig = await SandboxRig.OpenAsync(0);
        var gate = rig.Backend.Hold(BackendCall.OpenSession);
        var environment = await Eventually.EndsAsync(rig.ClaimAsync("a"));
        Assert.Equal(AgentEnvironmentState.Running, environment.State);
        var command = rig.RunAsync("a", "x");
        await gate.UntilArrivedAsync();
        Assert.False(command.IsCompleted);
        gate.Open();
        Assert.Equal(0, (await Eventually.EndsAsync(command)).ExitCode);
        Assert.Contains(rig.Container(environment).Sessions[0].Heard, request => request.Contains("AGENT_ID='a'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_wait_for_the_sessions_counts_into_the_timeout_of_a_command()
    {
        await using var rig = await SandboxRig.OpenAsync(0);
        rig.Backend.Hold(BackendCall.OpenSession);
        await Eventually.EndsAsync(rig.ClaimAsync("a"));
        var command = rig.RunAsync("a", new CommandRequest { Command = "x", Timeout = TimeSpan.FromSeconds(7) });
        await rig.Clock.PassAsync(TimeSpan.FromSeconds(7));
        Assert.True((await Eventually.EndsAsync(command)).TimedOut);
    }

    [Fact]
    public async Task Sessions_that_never_open_cost_the_environment_and_its_container()
    {
        await using var rig = await SandboxRig.OpenAsync(0);
        rig.Backend.OnStart = container => container.Silence();
        await Eventually.EndsAsync(rig.ClaimAsync("a"));
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromSeconds(30), 2);
        rig.Clock.Advance(TimeSpan.FromSeconds(30));
        await LostAsync(rig, "in time");
    }

    [Fact]
    public async Task A_container_that_fails_its_verification_costs_the_environment_and_its_container()
    {
        await using var rig = await SandboxRig.OpenAsync(0);
        rig.Backend.OnStart = container => container.OnControl = (session, text) =>
            text.Contains("chmod", StringComparison.Ordinal) ? (1, "no room\n") : FakeShell.Obey(session, text);
        await Eventually.EndsAsync(rig.ClaimAsync("a"));
        await LostAsync(rig, "no room");
    }

    private static async Task LostAsync(SandboxRig rig, string reason)
    {
        await Eventually.TrueAsync(() => rig.Sandbox.GetEnvironments().Single().State == AgentEnvironmentState.Lost, "the environment is lost");
        Assert.Contains(reason, rig.Sandbox.GetEnvironments().Single().StateReason, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => rig.Backend.Containers.Count == 0, "its container goes");
        await Eventually.FailsAsync(rig.Clock, rig.RunAsync("a", ":"), SandboxErrorId.AgentEnvironmentLost);
        await rig.ClaimAsync("b");
    }

    private static async Task ColdAsync(SandboxRig rig, MissReason reason)
    {
        var environment = await rig.ClaimAsync("cold");
        Assert.Equal((StartupSource.Cold, reason), (environment.StartupSource, environment.MissReason));
        Assert.Equal(0, (await rig.RunAsync("cold", ":")).ExitCode);
    }
}
