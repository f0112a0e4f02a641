using ContainerSandbox.Docker.Tests.Hardening;
using ContainerSandbox.Engine.Sandboxes;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Trouble;

/// <summary>
/// Somebody else does things to containers of ours. Those that are paused are warm: an engine may hang for good when it is told to pause
/// a container in which it is just starting a process.
/// </summary>
[Collection(DockerEngineGroup.Name)]
public sealed class ForeignHandsTests(DockerFixture engine, TroubleFixture trouble) : IClassFixture<TroubleFixture>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Renamed_or_given_other_limits_it_works_on_and_is_removed_with_proof()
    {
        var sandbox = await trouble.OpenAsync(engine, warmup: 0);
        var environment = await sandbox.ClaimAsync();
        await Tool.DockerAsync("rename", environment.ContainerId, $"foreign-{sandbox.Id}");
        await Tool.DockerAsync("update", "--cpus", "0.5", environment.ContainerId);

        Assert.Equal("works\n", (await sandbox.RunAsync(environment, "echo works")).StandardOutput);
        await AssertRemovedAsync(sandbox, environment, "");
    }

    [Fact]
    public async Task Paused_it_is_critical_then_goes_on_where_it_was()
    {
        var sandbox = await trouble.OpenAsync(engine, warmup: 1);
        var environment = await sandbox.ClaimAsync();
        await Tool.DockerAsync("pause", environment.ContainerId);

        var running = sandbox.RunAsync(environment, "echo works");
        var health = await sandbox.CheckHealthAsync(environment.AgentId, environment.EnvironmentId, Quiet.Observer, CancellationToken.None);
        await Tool.DockerAsync("unpause", environment.ContainerId);

        Assert.Equal(HealthStatus.Critical, health.Status);
        Assert.StartsWith("container paused", health.Reasons, StringComparison.Ordinal);
        Assert.Equal("works\n", (await running).StandardOutput);
        await AssertRemovedAsync(sandbox, environment, "");
    }

    [Fact]
    public async Task Paused_it_is_killed_by_its_removal_which_is_proved()
    {
        var sandbox = await trouble.OpenAsync(engine, warmup: 1);
        var environment = await sandbox.ClaimAsync();
        await Tool.DockerAsync("pause", environment.ContainerId);

        await AssertRemovedAsync(sandbox, environment, "The end of its lease did not end it in time; it was killed.");
    }

    [Fact]
    public async Task A_paused_slot_is_passed_over_and_goes_with_the_sandbox()
    {
        var sandbox = await trouble.OpenAsync(engine, warmup: 1);
        var slot = Assert.Single(await ContainersAsync(sandbox));
        await Tool.DockerAsync("pause", slot);

        var environment = await sandbox.ClaimAsync();

        Assert.NotEqual(slot, environment.ContainerId);
        Assert.All(
            await sandbox.RemoveAsync(TimeSpan.Zero, Quiet.Observer, CancellationToken.None), receipt => Assert.True(receipt.Verified, receipt.Detail));
        Assert.Empty(await ContainersAsync(sandbox));
    }

    [Theory]
    [InlineData("restart")]
    [InlineData("kill")]
    [InlineData("stop")]
    [InlineData("rm", "--force")]
    public async Task Ended_it_is_lost_says_so_and_leaves_nothing(params string[] how)
    {
        var sandbox = await trouble.OpenAsync(engine, warmup: 0);
        var environment = await sandbox.ClaimAsync();
        await sandbox.RunAsync(environment, ":");
        var running = Record.ExceptionAsync(() => sandbox.RunAsync(environment, "sleep 600"));

        await Tool.DockerAsync([.. how, environment.ContainerId]);

        Assert.Contains(
            Assert.IsType<SandboxException>(await running).ErrorId, new[] { SandboxErrorId.AgentEnvironmentLost, SandboxErrorId.EngineLost });
        await Eventually.HoldsAsync("the environment is lost", Soon, () => Task.FromResult(Only(sandbox).State == AgentEnvironmentState.Lost));
        Assert.Contains("killed or removed by somebody else", Only(sandbox).StateReason, StringComparison.Ordinal);
        await Eventually.HoldsAsync("its container is gone", Soon, async () => (await ContainersAsync(sandbox)).Count == 0);
        var next = await sandbox.ClaimAsync(new ClaimRequest { AgentId = environment.AgentId });
        Assert.Equal("new\n", (await sandbox.RunAsync(next, "echo new")).StandardOutput);
        await AssertRemovedAsync(sandbox, next, "");
    }

    [Fact]
    public async Task Slots_that_are_removed_are_replaced()
    {
        var sandbox = await trouble.OpenAsync(engine, warmup: 2);
        var slots = await ContainersAsync(sandbox);

        await Tool.DockerAsync(["rm", "--force", .. slots]);

        await Eventually.HoldsAsync("the pool is full again", Soon, async () =>
            sandbox.GetPools().Single().Ready == 2 && !(await ContainersAsync(sandbox)).Intersect(slots).Any());
    }

    [Fact]
    public async Task A_name_that_another_container_has_is_passed_over()
    {
        var sandbox = await trouble.OpenAsync(engine, warmup: 0);
        var first = await sandbox.ClaimAsync();
        var number = Convert.ToInt32(first.ContainerName.Split('-')[2], 16);
        var foreign = await engine.MakeUnstartedAsync($"cs-{sandbox.Id}-{number + 1:x4}");

        var second = await sandbox.ClaimAsync();

        Assert.Equal($"cs-{sandbox.Id}-{number + 2:x4}", second.ContainerName);
        Assert.Contains(foreign, await engine.Engine.ContainersAsync(engine.RunLabel));
    }

    [Fact]
    public async Task Removed_the_moment_they_start_they_make_claims_fail_or_be_lost_and_nothing_is_left()
    {
        var sandbox = await trouble.OpenAsync(engine, warmup: 0);
        using var stop = new CancellationTokenSource();
        var hostile = RemoveAllAsync(sandbox, stop.Token);
        for (var turn = 0; turn < 4; turn++)
        {
            if (await Record.ExceptionAsync(() => sandbox.ClaimAsync(new ClaimRequest { AgentId = "a" })) is { } failure)
                Assert.IsType<SandboxException>(failure);
            else
                await Eventually.HoldsAsync("the environment is lost", Soon, () => Task.FromResult(Only(sandbox).State == AgentEnvironmentState.Lost));
        }

        await stop.CancelAsync();
        await hostile;
        var environment = await sandbox.ClaimAsync(new ClaimRequest { AgentId = "a" });
        Assert.Equal("works\n", (await sandbox.RunAsync(environment, "echo works")).StandardOutput);
        Assert.Equal([environment.ContainerId], await ContainersAsync(sandbox));
    }

    private async Task RemoveAllAsync(Sandbox sandbox, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var id in await ContainersAsync(sandbox))
                await engine.Engine.DeleteAsync($"containers/{id}?force=1");
        }
    }

    private static AgentEnvironment Only(Sandbox sandbox) => Assert.Single(sandbox.GetEnvironments());

    private Task<IReadOnlyList<string>> ContainersAsync(Sandbox sandbox) => engine.Engine.ContainersAsync($"containersandbox.sandbox={sandbox.Id}");

    private async Task AssertRemovedAsync(Sandbox sandbox, AgentEnvironment environment, string detail)
    {
        var receipt = await sandbox.RemoveEnvironmentAsync(
            environment.AgentId, environment.EnvironmentId, TimeSpan.FromSeconds(1), Quiet.Observer, CancellationToken.None);
        Assert.Equal((true, detail), (receipt.Verified, receipt.Detail));
        Assert.DoesNotContain(environment.ContainerId, await ContainersAsync(sandbox));
    }
}
