using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Events;

/// <summary>What leaves an event behind, one for each episode.</summary>
public sealed class HappeningTests
{
    [Fact]
    public async Task The_life_of_an_environment_can_be_read()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var environment = await rig.ClaimAsync();
        rig.Container(environment).OnCommand = command => command.Begin().Finish(3);
        await rig.RunAsync("agent", "false");
        await rig.RemoveAsync("agent");
        var events = rig.Sandbox.GetEvents();
        Assert.Equal([SandboxEventKind.Claimed, SandboxEventKind.CommandEnded, SandboxEventKind.Removed], events.Select(each => each.Kind));
        Assert.All(events, each => Assert.Equal(("agent", environment.EnvironmentId, SandboxRig.SandboxId), (each.AgentId, each.EnvironmentId, each.SandboxId)));
        Assert.Equal("Warm start in 0 ms, template 'default'", events[0].Cause);
        Assert.Equal("exit code 3 after 0 ms", events[1].Cause);
        Assert.StartsWith("gone after ", events[2].Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_miss_names_its_reason_and_the_field()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var environment = await rig.ClaimAsync(new ClaimRequest { AgentId = "agent", Image = "image:2" });
        var events = rig.Sandbox.GetEvents();
        Assert.Equal([SandboxEventKind.Missed, SandboxEventKind.Claimed], events.Select(each => each.Kind));
        Assert.StartsWith("ImageDiffers (Image): ", events[0].Cause, StringComparison.Ordinal);
        Assert.Equal(environment.EnvironmentId, events[0].EnvironmentId);
        Assert.StartsWith("Cold start in ", events[1].Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_that_fails_says_why()
    {
        await using var rig = await SandboxRig.OpenAsync(0);
        rig.Backend.Fail(BackendCall.Start, EngineFault.Refused);
        await Assert.ThrowsAsync<SandboxException>(() => rig.ClaimAsync());
        var happened = Assert.Single(rig.Sandbox.GetEvents());
        Assert.Equal((SandboxEventKind.ClaimFailed, "agent", "EngineError: The engine refused."), (happened.Kind, happened.AgentId, happened.Cause));
    }

    [Fact]
    public async Task No_event_has_the_text_of_a_command()
    {
        const string Secret = "hunter2";
        await using var rig = await CommandRig.OpenAsync();
        await rig.RunAsync($"echo {Secret}", input: Secret);
        rig.Container.OnCommand = _ => { };
        using var cancellation = new CancellationTokenSource();
        var stopped = rig.RunAsync($"sleep 9 # {Secret}", cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(100), stopped));
        rig.Backend.End(rig.Container, 9);
        await Assert.ThrowsAsync<SandboxException>(
            () => Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(100), rig.RunAsync($"echo {Secret}")));
        Assert.Contains(rig.Sandbox.GetEvents(), each => each is { Kind: SandboxEventKind.CommandFailed, Cause: "stopped by its caller" });
        Assert.Contains(
            rig.Sandbox.GetEvents(),
            each => each.Kind == SandboxEventKind.CommandFailed && each.Cause.StartsWith("AgentEnvironmentLost: ", StringComparison.Ordinal));
        Assert.DoesNotContain(rig.Sandbox.GetEvents(), each => each.ToString().Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_loss_is_one_event_with_its_reason()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Backend.End(rig.Container, 9);
        await Eventually.TrueAsync(() => Of(rig.Whole, SandboxEventKind.Lost).Count > 0, "the loss is told");
        await Assert.ThrowsAsync<SandboxException>(() => rig.RunAsync("true"));
        var lost = Assert.Single(Of(rig.Whole, SandboxEventKind.Lost));
        Assert.Equal(("agent", rig.Environment.EnvironmentId), (lost.AgentId, lost.EnvironmentId));
        Assert.Contains("exit code 9", lost.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Memory_that_is_used_up_again_and_again_is_one_event()
    {
        await using var rig = await CommandRig.OpenAsync();
        for (var time = 0; time < 5; time++)
        {
            OutOfMemory(rig);
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await Eventually.TrueAsync(() => rig.Backend.Feed.IsHeard, "all of it is heard");
        Assert.Equal("agent", Assert.Single(Of(rig.Whole, SandboxEventKind.OutOfMemory)).AgentId);
        rig.Clock.Advance(TimeSpan.FromSeconds(11));
        OutOfMemory(rig);
        await Eventually.TrueAsync(() => rig.Backend.Feed.IsHeard, "it is heard");
        Assert.Equal(2, Of(rig.Whole, SandboxEventKind.OutOfMemory).Count);
    }

    [Fact]
    public async Task An_engine_that_is_gone_for_a_while_is_gone_once_and_back_once()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        rig.Backend.Fail(BackendCall.List, EngineFault.Silent);
        rig.Backend.Feed.Break();
        var lists = rig.Backend.Count(BackendCall.List);
        await Eventually.PassTimeAsync(
            rig.Clock, TimeSpan.FromSeconds(1), () => rig.Backend.Count(BackendCall.List) > lists + 4, "it was asked often");
        Assert.Equal("The engine did not answer.", Assert.Single(Of(rig, SandboxEventKind.EngineGone)).Cause);
        Assert.Empty(Of(rig, SandboxEventKind.EngineBack));
        rig.Backend.Heal(BackendCall.List);
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromSeconds(1), () => Of(rig, SandboxEventKind.EngineBack).Count > 0, "it is back");
        await Eventually.PassTimeAsync(
            rig.Clock, TimeSpan.FromSeconds(10), () => rig.Backend.Count(BackendCall.List) > lists + 9, "it was asked again");
        Assert.Single(Of(rig, SandboxEventKind.EngineBack));
        Assert.Single(Of(rig, SandboxEventKind.EngineGone));
    }

    [Fact]
    public async Task A_pool_that_is_in_trouble_is_degraded_once_and_recovers_once()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        rig.Backend.Fail(BackendCall.Start, EngineFault.Refused);
        await rig.ClaimAsync();
        await Eventually.PassTimeAsync(
            rig.Clock, TimeSpan.FromMilliseconds(100), () => Of(rig, SandboxEventKind.PoolDegraded).Count > 0, "the pool is degraded");
        var starts = rig.Starts;
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromSeconds(1), () => rig.Starts > starts + 2, "it was tried again");
        Assert.Equal("pool 'default': The engine refused.", Assert.Single(Of(rig, SandboxEventKind.PoolDegraded)).Cause);
        Assert.Empty(Of(rig, SandboxEventKind.PoolRecovered));
        rig.Backend.Heal(BackendCall.Start);
        await Eventually.PassTimeAsync(
            rig.Clock, TimeSpan.FromSeconds(1), () => Of(rig, SandboxEventKind.PoolRecovered).Count > 0, "the pool is well");
        Assert.Single(Of(rig, SandboxEventKind.PoolDegraded));
    }

    private static IReadOnlyList<SandboxEvent> Of(SandboxRig rig, SandboxEventKind kind) => rig.Sandbox.GetEvents(kinds: [kind]);

    private static void OutOfMemory(CommandRig rig) =>
        rig.Backend.Feed.Emit(new BackendEvent(BackendEventKind.OutOfMemory, rig.Container.Id, rig.Clock.GetUtcNow()));
}
