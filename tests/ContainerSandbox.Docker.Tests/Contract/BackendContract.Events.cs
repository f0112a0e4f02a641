using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Docker.Tests.Contract;

public abstract partial class BackendContract
{
    private static readonly TimeSpan FeedPatience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_life_is_reported_from_start_to_end()
    {
        var begun = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        var watching = CollectAsync(null, BackendEventKind.Destroyed);
        await WatchingAsync();

        var lease = await StartAsync();
        lease.Release();
        var events = await watching;

        Assert.Equal([BackendEventKind.Started, BackendEventKind.Died, BackendEventKind.Destroyed], events.Select(e => e.Kind));
        Assert.All(events, e => Assert.Equal(lease.ContainerId, e.ContainerId));
        Assert.Equal(0, events[1].ExitCode);
        Assert.Null(events[0].ExitCode);
        Assert.All(events, e => Assert.InRange(e.At, begun, begun.AddMinutes(1)));
    }

    [Fact]
    public async Task A_removal_by_force_is_told_by_its_exit_code()
    {
        var since = TimeProvider.System.GetUtcNow();
        await using var lease = await StartAsync();
        await Backend.RemoveContainerAsync(lease.ContainerId, None);

        var events = await CollectAsync(since, BackendEventKind.Destroyed);

        Assert.Equal(137, Assert.Single(events, e => e.Kind == BackendEventKind.Died).ExitCode);
    }

    [Fact]
    public async Task The_past_is_replayed_from_a_moment_on()
    {
        var since = TimeProvider.System.GetUtcNow();
        await using var first = await StartAsync();
        var started = await CollectAsync(since, BackendEventKind.Started);
        await Backend.RemoveContainerAsync(first.ContainerId, None);

        var all = await CollectAsync(since, BackendEventKind.Destroyed);
        var late = await CollectAsync(started[0].At.AddTicks(10), BackendEventKind.Destroyed);

        Assert.Equal(BackendEventKind.Started, all[0].Kind);
        Assert.Equal(BackendEventKind.Died, late[0].Kind);
    }

    [Fact]
    public async Task Memory_that_is_used_up_is_reported()
    {
        await using var lease = await StartAsync(memory: 32 * Megabyte);
        var watching = fixture.IsPodman ? null : CollectAsync(null, BackendEventKind.OutOfMemory);
        await WatchingAsync();

        var bomb = await ScriptAsync(lease, "tail /dev/zero");

        Assert.Equal(137, bomb.ExitCode);
        if (watching is not null)
            Assert.Equal(lease.ContainerId, (await watching)[^1].ContainerId);
        Assert.Equal(BackendContainerState.Running, Assert.Single(await Backend.ListContainersAsync(TestLabel, None)).State);
    }

    [Fact]
    public async Task Others_containers_are_not_reported()
    {
        var since = TimeProvider.System.GetUtcNow();
        var foreign = await SpecAsync();
        var labels = foreign.Labels.ToDictionary(label => label.Key, label => label.Value);
        labels["containersandbox-test.test"] = "other-" + _test;
        await using (await Backend.StartContainerAsync(foreign with { Labels = labels }, None))
        {
            await using var mine = await StartAsync();

            Assert.Equal(mine.ContainerId, Assert.Single(await CollectAsync(since, BackendEventKind.Started)).ContainerId);
        }
    }

    [Fact]
    public async Task A_feed_ends_when_it_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        await using var feed = Backend.WatchAsync(TestLabel, null, cancel.Token).GetAsyncEnumerator(None);
        var next = feed.MoveNextAsync().AsTask();
        await WatchingAsync();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(TimeSpan.FromSeconds(1)));
    }

    // A feed says nothing when it begins: half a second is what an engine gets for it.
    private static Task WatchingAsync() => Task.Delay(TimeSpan.FromSeconds(0.5), TimeProvider.System);

    private async Task<List<BackendEvent>> CollectAsync(DateTimeOffset? since, BackendEventKind last)
    {
        using var deadline = new CancellationTokenSource(FeedPatience);
        var events = new List<BackendEvent>();
        await foreach (var happened in Backend.WatchAsync(TestLabel, since, deadline.Token))
        {
            events.Add(happened);
            if (happened.Kind == last)
                break;
        }

        return events;
    }
}
