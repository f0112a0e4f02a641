namespace ContainerSandbox.Engine.Tests.Environments;

/// <summary>Nobody waits for a silent engine longer than for the time that was given.</summary>
public sealed class SilentEngineTests
{
    private static readonly TimeSpan Startup = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_warm_claim_ends_with_its_time_and_its_slot_goes()
    {
        await using var rig = await SandboxRig.OpenAsync(1, optimization => optimization with { StartupTimeout = Startup });
        var taken = rig.Backend.Containers[0];
        rig.Backend.Hold(BackendCall.Update);
        var claim = rig.ClaimAsync(new ClaimRequest { AgentId = "a", Cpu = 2 });
        await Eventually.TrueAsync(() => rig.Backend.Count(BackendCall.Update) == 1, "the limits are asked for");
        rig.Clock.Advance(Startup);
        var failure = await Eventually.FailsAsync(claim, SandboxErrorId.StartTimedOut);
        Assert.Contains("7 s", failure.Message, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => taken.IsReleased, "its slot goes");
        Assert.Empty(rig.Sandbox.GetEnvironments());
    }

    [Fact]
    public async Task A_command_whose_time_is_over_is_not_waited_for_while_the_engine_is_silent()
    {
        await using var rig = await OpenSilentAsync();
        var running = rig.RunAsync("a", Endless());
        var start = rig.Clock.GetTimestamp();
        await rig.Clock.UntilWaitingAsync(Timeout);
        await Eventually.FailsAsync(rig.Clock, running, SandboxErrorId.EngineNotResponding);
        Assert.InRange(rig.Clock.GetElapsedTime(start), Timeout, Timeout + Patience + TimeSpan.FromSeconds(0.5));
        Assert.Equal(AgentEnvironmentState.Running, rig.Sandbox.GetEnvironments()[0].State);
    }

    [Fact]
    public async Task What_cannot_be_ended_for_long_costs_the_environment()
    {
        await using var rig = await OpenSilentAsync();
        await Eventually.FailsAsync(rig.Clock, rig.RunAsync("a", Endless()), SandboxErrorId.EngineNotResponding);
        await Eventually.PassTimeAsync(
            rig.Clock, Patience, () => rig.Sandbox.GetEnvironments()[0].State == AgentEnvironmentState.Lost, "the environment is lost");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_command_in_a_silent_container_is_not_waited_for_although_the_engine_answers(bool hasInput)
    {
        await using var rig = await OpenSilentAsync();
        rig.Backend.Heal(BackendCall.List);
        var running = rig.RunAsync("a", Endless() with { StandardInput = hasInput ? new MemoryStream([1]) : null });
        var start = rig.Clock.GetTimestamp();
        await rig.Clock.UntilWaitingAsync(Timeout);
        var failure = await Eventually.FailsAsync(rig.Clock, running, SandboxErrorId.EngineNotResponding);
        Assert.Contains("its container does not answer", failure.Message, StringComparison.Ordinal);
        Assert.InRange(rig.Clock.GetElapsedTime(start), Timeout, Timeout + Patience + TimeSpan.FromSeconds(0.5));
        await Eventually.PassTimeAsync(
            rig.Clock, Patience, () => rig.Sandbox.GetEnvironments()[0].State == AgentEnvironmentState.Lost, "the environment is lost");
    }

    [Fact]
    public async Task A_command_that_ends_late_in_a_container_that_answers_has_its_result()
    {
        await using var rig = await OpenSilentAsync();
        rig.Backend.Heal(BackendCall.List);
        var container = rig.Backend.History.First();
        container.Speak();
        container.OnCommand = command => command.Begin();
        container.OnControl = (session, text) =>
        {
            if (text.StartsWith("kill -TERM", StringComparison.Ordinal))
                _ = Task.Run(container.Silence);
            return FakeShell.Obey(session, text);
        };
        var running = rig.RunAsync("a", Endless());
        await rig.Clock.UntilWaitingAsync(Timeout);
        rig.Clock.Advance(Timeout);
        for (var i = 0; i < 6; i++)
        {
            await Eventually.NothingMoreAsync();
            rig.Clock.Advance(Patience / 2);
        }

        Assert.False(running.IsCompleted);
        Assert.True((await Eventually.PassTimeAsync(rig.Clock, Patience, running)).TimedOut);
    }

    private static CommandRequest Endless() => new() { Command = "endless", Timeout = Timeout };

    // Its container takes a command and never says anything again.
    private static async Task<SandboxRig> OpenSilentAsync()
    {
        var rig = await SandboxRig.OpenAsync(1);
        var container = rig.Container(await rig.ClaimAsync("a"));
        container.Silence();
        rig.Backend.Fail(BackendCall.List, EngineFault.Silent);
        return rig;
    }
}
