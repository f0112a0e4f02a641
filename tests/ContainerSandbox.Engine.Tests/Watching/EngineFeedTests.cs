using System.Collections.Concurrent;
using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContainerSandbox.Engine.Tests.Watching;

/// <summary>The feed breaks, loses and repeats; what is known stays true.</summary>
public sealed class EngineFeedTests : IAsyncLifetime
{
    private static readonly SandboxIdentity Sandbox = new("0123abcd", "default", OwnerIdentity.Current);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan OpeningTakes = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly TestClock _clock = new();
    private readonly FakeBackend _backend;
    private readonly ConcurrentQueue<BackendEvent> _handled = new();
    private readonly ConcurrentDictionary<string, bool> _known = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;
    private int _back;

    public EngineFeedTests()
    {
        _backend = new FakeBackend(_clock);
        var sweep = new ContainerSweep(
            _backend, Sandbox, () => [.. _known.Keys], _ => true, id => Handle(new BackendEvent(BackendEventKind.Destroyed, id, _clock.GetUtcNow())), _ => { }, _clock);
        var watch = new EngineFeed<BackendEvent>(
            (since, token) => _backend.WatchAsync(Sandbox.Selector, since, token), happened => happened.At, Handle, sweep.RunAsync, () => Interlocked.Increment(ref _back), _clock, NullLogger.Instance);
        _watching = Task.Run(() => watch.RunAsync(_stop.Token));
    }

    [Fact]
    public async Task What_happens_is_handled_in_order()
    {
        await OpenAsync(1);
        var container = Plant();
        _backend.End(container, 3);
        await HandledAsync(2);
        Assert.Equal([(BackendEventKind.Died, 3), (BackendEventKind.Destroyed, null)], _handled.Select(happened => (happened.Kind, happened.ExitCode)));
    }

    [Fact]
    public async Task After_a_break_it_is_opened_again_from_the_last_event_on()
    {
        await OpenAsync(1);
        _clock.Advance(TimeSpan.FromSeconds(10));
        var container = Plant();
        _backend.End(container, 0);
        await HandledAsync(2);
        var last = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromSeconds(10));
        await BreakAsync();
        await OpenAsync(2);
        Assert.Equal(last, _backend.Feed.Since[1]);
    }

    [Fact]
    public async Task What_happened_while_it_was_closed_is_told_by_the_feed_or_by_a_listing()
    {
        await OpenAsync(1);
        var container = Plant();
        await BreakAsync(() => _backend.End(container, 0));
        await HandledAsync(1);
        Assert.Contains(_handled, happened => happened.Kind == BackendEventKind.Destroyed && happened.ContainerId == container.Id);
    }

    [Fact]
    public async Task What_the_feed_lost_is_found_by_a_listing()
    {
        await OpenAsync(1);
        var container = Plant();
        _backend.Feed.IsDeaf = true;
        _backend.End(container, 0);
        await BreakAsync();
        await HandledAsync(1);
        Assert.Equal((BackendEventKind.Destroyed, container.Id), (_handled.First().Kind, _handled.First().ContainerId));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(61)]
    [InlineData(121)]
    public async Task What_a_feed_that_stays_open_lost_is_found_by_a_sweep(int seconds)
    {
        await OpenAsync(1);
        await SweepsUntilAsync(TimeSpan.FromSeconds(seconds - 1));
        var container = Plant();
        _backend.Feed.IsDeaf = true;
        _backend.End(container, 0);
        await _clock.PassAsync(seconds == 1 ? OpeningTakes : SweepInterval);
        await HandledAsync(1);
        Assert.Equal((BackendEventKind.Destroyed, container.Id), (_handled.First().Kind, _handled.First().ContainerId));
        Assert.Single(_backend.Feed.Since);
    }

    [Fact]
    public async Task A_sweep_that_fails_is_followed_by_others()
    {
        await OpenAsync(1);
        _backend.Fail(BackendCall.List, EngineFault.Silent);
        await _clock.PassAsync(OpeningTakes);
        await _clock.UntilWaitingAsync(SweepInterval);
        _backend.Heal(BackendCall.List);
        var container = Plant();
        _backend.Feed.IsDeaf = true;
        _backend.End(container, 0);
        _clock.Advance(SweepInterval);
        await HandledAsync(1);
    }

    [Fact]
    public async Task An_engine_that_lists_its_containers_after_a_break_is_back()
    {
        await OpenAsync(1);
        await _clock.PassAsync(OpeningTakes);
        await _clock.UntilWaitingAsync(SweepInterval);
        Assert.Equal(0, Volatile.Read(ref _back));
        _backend.Fail(BackendCall.List, EngineFault.Broken);
        await BreakAsync();
        Assert.Equal(0, Volatile.Read(ref _back));
        _backend.Heal(BackendCall.List);
        await BreakAsync(2 * FirstPause);
        Assert.Equal(1, Volatile.Read(ref _back));
    }

    [Fact]
    public async Task A_sweep_that_hangs_ends_with_its_feed()
    {
        await OpenAsync(1);
        var gate = _backend.Hold(BackendCall.List);
        await _clock.PassAsync(OpeningTakes);
        await gate.UntilArrivedAsync();
        _backend.Heal(BackendCall.List);
        await BreakAsync();
        Assert.Equal(2, _backend.Count(BackendCall.List));
    }

    [Fact]
    public async Task What_happens_between_the_listing_and_the_opening_is_not_lost()
    {
        await OpenAsync(1);
        var container = Plant();
        _backend.ListsWhatWas = true;
        _backend.Before(BackendCall.List, (_, _) =>
        {
            _backend.End(container, 0);
            return Task.CompletedTask;
        });
        await BreakAsync();
        await HandledAsync(1);
        Assert.Contains(_handled, happened => happened.ContainerId == container.Id);
    }

    [Theory]
    [InlineData(BackendContainerState.Running, false)]
    [InlineData(BackendContainerState.Paused, false)]
    [InlineData(BackendContainerState.Ended, true)]
    public async Task A_listing_tells_the_end_of_what_does_not_run(BackendContainerState state, bool ended)
    {
        await OpenAsync(1);
        Plant().State = state;
        await BreakAsync();
        await OpenAsync(2);
        await Eventually.NothingMoreAsync();
        Assert.Equal(ended ? 1 : 0, _handled.Count);
    }

    [Fact]
    public async Task An_event_that_is_told_again_is_handled_once()
    {
        await OpenAsync(1);
        var container = Plant();
        var happened = new BackendEvent(BackendEventKind.OutOfMemory, container.Id, _clock.GetUtcNow());
        _backend.Feed.Emit(happened);
        await HandledAsync(1);
        await BreakAsync();
        await OpenAsync(2);
        var next = happened with { At = happened.At.AddSeconds(1) };
        _backend.Feed.Emit(next);
        await HandledAsync(2);
        Assert.Equal([happened, next], _handled);
    }

    [Fact]
    public async Task Pauses_grow_while_it_cannot_be_opened_and_begin_anew_after_an_event()
    {
        await OpenAsync(1);
        foreach (var pause in new[] { 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10 })
            await BreakAsync(TimeSpan.FromSeconds(pause));
        _backend.End(Plant(), 0);
        await HandledAsync(2);
        await BreakAsync(FirstPause);
    }

    [Fact]
    public async Task An_engine_that_cannot_list_is_watched_on()
    {
        await OpenAsync(1);
        _backend.Fail(BackendCall.List, EngineFault.Silent);
        await BreakAsync();
        await OpenAsync(2);
        _backend.End(Plant(), 0);
        await HandledAsync(2);
    }

    [Fact]
    public async Task An_error_of_a_kind_that_nobody_expected_does_not_end_it()
    {
        await OpenAsync(1);
        _backend.Fail(BackendCall.List, () => new InvalidDataException("what is this"));
        await BreakAsync();
        await OpenAsync(2);
        Assert.False(_watching.IsCompleted);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.EndsAsync(_watching));
        _stop.Dispose();
    }

    private FakeContainer Plant()
    {
        var container = _backend.Plant("cs-0123abcd-0001", Sandbox.Labels("default", _clock.GetUtcNow()), BackendContainerState.Running);
        _known[container.Id] = true;
        return container;
    }

    private void Handle(BackendEvent happened)
    {
        _handled.Enqueue(happened);
        if (happened.Kind == BackendEventKind.Destroyed)
            _known.TryRemove(happened.ContainerId, out _);
    }

    private async Task SweepsUntilAsync(TimeSpan elapsed)
    {
        for (var pause = OpeningTakes; elapsed > TimeSpan.Zero; elapsed -= SweepInterval)
        {
            await _clock.PassAsync(pause);
            pause = SweepInterval;
            await _clock.UntilWaitingAsync(pause);
        }
    }

    private Task OpenAsync(int times) => Eventually.TrueAsync(
        () => _backend.Feed.Since.Count == times && _backend.Feed.Watchers == 1, $"the feed is open for the {times}. time");

    private Task HandledAsync(int events) => Eventually.TrueAsync(() => _handled.Count >= events, $"{events} events are handled");

    private Task BreakAsync(Action? meanwhile = null) => BreakAsync(FirstPause, meanwhile);

    private async Task BreakAsync(TimeSpan pause, Action? meanwhile = null)
    {
        var opened = _backend.Feed.Since.Count;
        _backend.Feed.Break();
        await _clock.UntilWaitingAsync(pause);
        meanwhile?.Invoke();
        _clock.Advance(pause);
        await OpenAsync(opened + 1);
    }
}
