using ContainerSandbox.Engine.Events;

namespace ContainerSandbox.Engine.Tests.Events;

/// <summary>The record of what happened: bounded, numbered, and never in anybody's way.</summary>
public sealed class EventLogTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public void Events_are_numbered_from_one_in_the_order_in_which_they_came()
    {
        var log = new EventLog("0123abcd", _clock);
        log.Add(SandboxEventKind.Claimed, "a", "e", () => "first");
        _clock.Advance(TimeSpan.FromSeconds(1));
        log.Add(SandboxEventKind.EngineGone, "", "", () => "second");
        var events = log.Read();
        Assert.Equal([(1L, "first"), (2L, "second")], events.Select(each => (each.Number, each.Cause)));
        Assert.Equal((_clock.GetUtcNow(), "0123abcd", "", ""), (events[1].Timestamp, events[1].SandboxId, events[1].AgentId, events[1].EnvironmentId));
    }

    [Fact]
    public void What_is_usual_pushes_out_nothing_that_is_rare()
    {
        var log = new EventLog("0123abcd", _clock, mostUsual: 3, mostRare: 2);
        log.Add(SandboxEventKind.Lost, "a", "e", () => "lost");
        for (var number = 0; number < 100; number++)
            log.Add(SandboxEventKind.CommandEnded, "a", "e", () => "");
        Assert.Equal([1L, 99, 100, 101], log.Read().Select(each => each.Number));
        for (var number = 0; number < 100; number++)
            log.Add(SandboxEventKind.HealthChanged, "a", "e", () => "");
        Assert.Equal([99L, 100, 101, 200, 201], log.Read().Select(each => each.Number));
    }

    [Fact]
    public void Only_what_is_asked_for_is_read()
    {
        var log = new EventLog("0123abcd", _clock);
        log.Add(SandboxEventKind.Claimed, "a", "e", () => "");
        _clock.Advance(TimeSpan.FromSeconds(1));
        var since = _clock.GetUtcNow();
        log.Add(SandboxEventKind.Lost, "a", "e", () => "");
        log.Add(SandboxEventKind.Removed, "a", "e", () => "");
        Assert.Equal([2L, 3], log.Read(since).Select(each => each.Number));
        Assert.Equal([1L, 3], log.Read(kinds: [SandboxEventKind.Removed, SandboxEventKind.Claimed]).Select(each => each.Number));
    }

    [Fact]
    public void A_text_is_made_only_for_whoever_reads_it()
    {
        var log = new EventLog("0123abcd", _clock);
        var made = 0;
        using var follower = log.Follow();
        log.Add(SandboxEventKind.Claimed, "a", "e", () => $"{++made}");
        Assert.Equal(0, made);
        Assert.Equal("1", Assert.Single(log.Read()).Cause);
        Assert.True(follower.TryRead(out var heard));
        Assert.Equal("2", heard.Cause);
    }

    [Fact]
    public void A_follower_that_does_not_read_loses_the_oldest_and_is_told_how_many()
    {
        var log = new EventLog("0123abcd", _clock);
        log.Add(SandboxEventKind.Claimed, "a", "e", () => "before");
        using var slow = log.Follow(2);
        using var quick = log.Follow();
        for (var number = 0; number < 5; number++)
            log.Add(SandboxEventKind.Claimed, "a", "e", () => "");
        Assert.Equal((3L, 0L), (slow.Dropped, quick.Dropped));
        Assert.Equal([5L, 6], ReadAll(slow));
        Assert.Equal([2L, 3, 4, 5, 6], ReadAll(quick));
    }

    [Fact]
    public async Task Whoever_follows_hears_until_it_leaves()
    {
        var log = new EventLog("0123abcd", _clock);
        var follower = log.Follow();
        var heard = new List<long>();
        var following = Task.Run(async () =>
        {
            await foreach (var happened in follower.ReadAllAsync(CancellationToken.None))
                heard.Add(happened.Number);
        });
        log.Add(SandboxEventKind.Claimed, "a", "e", () => "");
        log.Add(SandboxEventKind.Removed, "a", "e", () => "");
        follower.Dispose();
        log.Add(SandboxEventKind.Claimed, "a", "e", () => "");
        await Eventually.EndsAsync(following);
        Assert.Equal([1L, 2], heard);
    }

    [Fact]
    public async Task Many_writers_lose_nothing_and_share_no_number()
    {
        var log = new EventLog("0123abcd", _clock);
        using var follower = log.Follow(10_000);
        await Eventually.EndsAsync(Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
        {
            for (var number = 0; number < 500; number++)
                log.Add(number % 2 == 0 ? SandboxEventKind.Claimed : SandboxEventKind.Lost, $"{writer}", "", () => "");
        }))));
        Assert.Equal(Enumerable.Range(1, 4000).Select(number => (long)number), ReadAll(follower));
        Assert.Equal(4000, log.Read().Count);
    }

    private static IEnumerable<long> ReadAll(EventFollower follower)
    {
        while (follower.TryRead(out var happened))
            yield return happened.Number;
    }
}
