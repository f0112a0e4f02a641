using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Commands;

/// <summary>Whether a command ended because memory was used up is the engine's word, which travels apart from the end.</summary>
public sealed class MemoryUsedUpTests
{
    private static readonly TimeSpan EventDelay = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task An_event_before_the_end_is_that_of_the_command()
    {
        await using var rig = await CommandRig.OpenAsync();
        FakeCommand? taken = null;
        rig.Container.OnCommand = command => taken = command.Begin();
        var running = rig.RunAsync("eat");
        await Eventually.TrueAsync(() => taken is not null, "the command runs");
        await TellAsync(rig);
        taken!.Finish(137);
        await Eventually.TrueAsync(() => running.IsCompleted, "the end without any time passing");
        Assert.True((await running).OomKilled);
    }

    [Fact]
    public async Task An_event_soon_after_an_end_by_kill_is_waited_for()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command => command.Begin().Finish(137);
        var running = rig.RunAsync("eat");
        await rig.Clock.UntilWaitingAsync(EventDelay);
        await TellAsync(rig);
        Assert.True((await Eventually.EndsAsync(running)).OomKilled);
        Assert.Equal(0.5, rig.Sandbox.GetMetrics().Single().ErrorRate);
    }

    [Fact]
    public async Task An_end_by_kill_alone_proves_nothing()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command => command.Begin().Finish(137);
        var running = rig.RunAsync("kill -9 $$");
        await rig.Clock.PassAsync(EventDelay);
        Assert.False((await Eventually.EndsAsync(running)).OomKilled);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(143)]
    public async Task Any_other_end_is_not_delayed(int exitCode)
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command => command.Begin().Finish(exitCode);
        var result = await Eventually.EndsAsync(rig.RunAsync("x"));
        Assert.Equal((false, TimeSpan.Zero), (result.OomKilled, result.Duration));
    }

    [Fact]
    public async Task What_was_used_up_before_is_not_the_next_commands()
    {
        await using var rig = await CommandRig.OpenAsync();
        FakeCommand? taken = null;
        rig.Container.OnCommand = command => taken = command.Begin();
        var running = rig.RunAsync("eat");
        await Eventually.TrueAsync(() => taken is not null, "the command runs");
        await TellAsync(rig);
        taken!.Finish(1);
        await Eventually.EndsAsync(running);
        rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
        rig.Container.OnCommand = command => command.Begin().Finish(0);
        Assert.False((await rig.RunAsync("y")).OomKilled);
    }

    [Fact]
    public async Task An_event_that_a_feed_tells_twice_is_not_the_next_commands()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command => command.Begin().Finish(137);
        var running = rig.RunAsync("eat");
        await rig.Clock.UntilWaitingAsync(EventDelay);
        await TellAsync(rig);
        Assert.True((await Eventually.EndsAsync(running)).OomKilled);

        // The feed begins again where it broke, with its last event once more.
        rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
        FakeCommand? taken = null;
        rig.Container.OnCommand = command => taken = command.Begin();
        running = rig.RunAsync("calm");
        await Eventually.TrueAsync(() => taken is not null, "the command runs");
        rig.Backend.Feed.Break();
        await rig.Clock.PassAsync(TimeSpan.FromMilliseconds(200));
        await Eventually.TrueAsync(() => rig.Backend.Feed is { Watchers: 1, IsHeard: true }, "the feed is open again and has told its last event");
        taken!.Finish(0);
        Assert.False((await Eventually.EndsAsync(running)).OomKilled);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(137)]
    public async Task An_event_that_comes_late_is_not_the_next_commands(int exitCode)
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command => command.Begin().Finish(137);
        var first = rig.RunAsync("eat");
        var happened = rig.Clock.GetUtcNow();
        await rig.Clock.PassAsync(EventDelay);
        await Eventually.EndsAsync(first);

        FakeCommand? taken = null;
        rig.Container.OnCommand = command => taken = command.Begin();
        var next = rig.RunAsync("calm");
        await Eventually.TrueAsync(() => taken is not null, "the command runs");
        await TellAsync(rig, happened);
        taken!.Finish(exitCode);
        if (exitCode == 137)
            await rig.Clock.PassAsync(EventDelay);
        Assert.False((await Eventually.EndsAsync(next)).OomKilled);
    }

    [Fact]
    public async Task A_late_event_of_another_command_does_not_hide_the_one_that_is_waited_for()
    {
        await using var rig = await CommandRig.OpenAsync();
        var before = rig.Clock.GetUtcNow();
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        rig.Container.OnCommand = command => command.Begin().Finish(137);
        var running = rig.RunAsync("eat");
        await rig.Clock.UntilWaitingAsync(EventDelay);
        await TellAsync(rig, before);
        await Eventually.NothingMoreAsync();
        Assert.False(running.IsCompleted);
        await TellAsync(rig, rig.Clock.GetUtcNow());
        Assert.True((await Eventually.EndsAsync(running)).OomKilled);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public async Task An_engine_whose_clock_is_set_during_the_command_is_understood(int seconds)
    {
        await using var rig = await CommandRig.OpenAsync();
        FakeCommand? taken = null;
        rig.Container.OnCommand = command => taken = command.Begin();
        var running = rig.RunAsync("eat");
        await Eventually.TrueAsync(() => taken is not null, "the command runs");
        rig.Clock.Jump(TimeSpan.FromSeconds(seconds));
        await TellAsync(rig);
        taken!.Finish(137);
        Assert.True((await Eventually.EndsAsync(running)).OomKilled);
        rig.Container.OnCommand = command => command.Begin().Finish(0);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False((await Eventually.EndsAsync(rig.RunAsync("calm"))).OomKilled);
    }

    private static Task TellAsync(CommandRig rig) => TellAsync(rig, rig.Clock.GetUtcNow());

    private static async Task TellAsync(CommandRig rig, DateTimeOffset at)
    {
        rig.Backend.Feed.Emit(new BackendEvent(BackendEventKind.OutOfMemory, rig.Container.Id, at));
        await Eventually.TrueAsync(() => rig.Backend.Feed.IsHeard, "the event is heard");
    }
}
