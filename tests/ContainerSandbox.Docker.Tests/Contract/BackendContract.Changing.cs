using System.Globalization;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Docker.Tests.Contract;

public abstract partial class BackendContract
{
    [Fact]
    public async Task Limits_change_while_a_container_runs()
    {
        await using var lease = await StartAsync();

        if (fixture.IsPodman)
        {
            var failure = await Assert.ThrowsAsync<SandboxException>(
                () => Backend.UpdateContainerAsync(lease.ContainerId, new ContainerUpdate(new ResourceLimits(48 * Megabyte, 0.25, 77)), None));
            Assert.Equal((SandboxErrorId.EngineError, lease.ContainerId), (failure.ErrorId, failure.Target));
            Assert.Equal((64 * Megabyte).ToString(CultureInfo.InvariantCulture), await MemoryLimitAsync(lease));
            return;
        }

        // Up and down: engines refuse one of the two when memory and swap are not given together.
        foreach (var memory in new[] { 256 * Megabyte, 48 * Megabyte })
        {
            await Backend.UpdateContainerAsync(lease.ContainerId, new ContainerUpdate(new ResourceLimits(memory, 0.25, 77)), None);

            Assert.Equal(memory.ToString(CultureInfo.InvariantCulture), await MemoryLimitAsync(lease));
            Assert.Equal("77", await OutputAsync(lease, "cat /sys/fs/cgroup/pids/pids.max 2>/dev/null || cat /sys/fs/cgroup/pids.max"));
            Assert.Equal("25000", await CpuQuotaAsync(lease));
        }
    }

    [Fact]
    public async Task A_name_changes_and_nothing_else()
    {
        await using var lease = await StartAsync();

        await Backend.UpdateContainerAsync(lease.ContainerId, new ContainerUpdate(Name: "cs-contract-renamed-" + _test), None);

        Assert.Equal("cs-contract-renamed-" + _test, Assert.Single(await Backend.ListContainersAsync(TestLabel, None)).Name);
        Assert.Equal((64 * Megabyte).ToString(CultureInfo.InvariantCulture), await MemoryLimitAsync(lease));
    }

    [Fact]
    public async Task Limits_that_cannot_be_are_refused_in_the_engines_words()
    {
        await using var lease = await StartAsync();

        var failure = await Assert.ThrowsAsync<SandboxException>(
            () => Backend.UpdateContainerAsync(lease.ContainerId, new ContainerUpdate(new ResourceLimits(64 * Megabyte, 100000, 10)), None));

        Assert.Equal(SandboxErrorId.EngineError, failure.ErrorId);
        Assert.Equal(lease.ContainerId, failure.Target);
        Assert.DoesNotContain("{", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_container_is_removed()
    {
        await using var lease = await StartAsync();

        Assert.True(await Backend.RemoveContainerAsync(lease.ContainerId, None));

        await GoneAsync(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_paused_container_is_shown_as_such_and_removed()
    {
        await using var lease = await StartAsync();
        await fixture.PauseAsync(lease.ContainerId);
        Assert.Equal(BackendContainerState.Paused, Assert.Single(await Backend.ListContainersAsync(TestLabel, None)).State);

        await Backend.RemoveContainerAsync(lease.ContainerId, None);

        await GoneAsync(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_container_that_was_never_started_is_shown_as_such_and_removed()
    {
        var id = await fixture.MakeUnstartedAsync("cs-contract-unstarted-" + _test);
        var found = Assert.Single(await Backend.ListContainersAsync(fixture.RunLabel, None), container => container.Id == id);
        Assert.Equal(BackendContainerState.Created, found.State);

        await Backend.RemoveContainerAsync(id, None);

        Assert.DoesNotContain(id, await fixture.ContainersAsync(fixture.RunLabel));
    }

    [Fact]
    public async Task Removing_what_is_gone_or_going_is_no_error()
    {
        await using var lease = await StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Backend.RemoveContainerAsync(lease.ContainerId, None)));
        await GoneAsync(TimeSpan.FromSeconds(2));
        Assert.False(await Backend.RemoveContainerAsync(lease.ContainerId, None));
        Assert.False(await Backend.RemoveContainerAsync(new string('0', 64), None));
    }

    [Fact]
    public async Task An_unknown_container_is_said_to_be()
    {
        var unknown = new string('0', 64);
        Func<Task>[] calls =
        [
            () => Backend.UpdateContainerAsync(unknown, new ContainerUpdate(new ResourceLimits(64 * Megabyte, 1, 10)), None),
            () => Backend.UpdateContainerAsync(unknown, new ContainerUpdate(Name: "cs-contract-nobody"), None),
            () => Backend.OpenSessionAsync(new SessionSpec(unknown, AgentUser, AgentUser, ["/bin/true"], "/"), None),
        ];
        foreach (var call in calls)
            Assert.Equal(SandboxErrorId.ContainerNotFound, (await Assert.ThrowsAsync<SandboxException>(call)).ErrorId);
    }

    [Fact]
    public async Task An_id_cannot_reach_beyond_containers()
    {
        await using var lease = await StartAsync();

        var failure = await Record.ExceptionAsync(() => Backend.RemoveContainerAsync($"x/../{lease.ContainerId}", None));

        Assert.True(failure is null or SandboxException or ArgumentException);
        Assert.Equal(lease.ContainerId, Assert.Single(await fixture.ContainersAsync(TestLabel)));
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Backend.ListContainersAsync(TestLabel, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Backend.ProbeAsync(cancelled.Token));
    }
}
