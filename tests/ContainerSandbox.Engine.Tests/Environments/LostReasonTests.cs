using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Environments;

/// <summary>A lost environment says why, as far as the engine tells.</summary>
public sealed class LostReasonTests
{
    [Theory]
    [InlineData(137, "killed or removed by somebody else")]
    [InlineData(0, "the connection to the engine broke")]
    [InlineData(3, "unasked with exit code 3")]
    public async Task The_exit_code_of_the_main_process_tells(int exitCode, string reason)
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Backend.End(rig.Container, exitCode);
        Assert.Contains(reason, await LostAsync(rig), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "memory was used up")]
    [InlineData(60, "killed")]
    public async Task Memory_that_was_used_up_in_the_same_moment_is_the_reason(int secondsBefore, string reason)
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Backend.Feed.Emit(new BackendEvent(
            BackendEventKind.OutOfMemory, rig.Container.Id, rig.Clock.GetUtcNow() - TimeSpan.FromSeconds(secondsBefore)));
        rig.Backend.End(rig.Container, 137);
        Assert.Contains(reason, await LostAsync(rig), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_the_end_interrupts_tells_the_same()
    {
        await using var rig = await CommandRig.OpenAsync();
        FakeCommand? taken = null;
        rig.Container.OnCommand = command => taken = command.Begin();
        var running = rig.RunAsync("serve");
        await Eventually.TrueAsync(() => taken is not null, "the command runs");
        rig.Backend.End(rig.Container, 137);
        var lost = await Eventually.FailsAsync(rig.Clock, running, SandboxErrorId.AgentEnvironmentLost);
        Assert.Contains(await LostAsync(rig), lost.Message, StringComparison.Ordinal);
        Assert.Contains("killed or removed by somebody else", lost.Message, StringComparison.Ordinal);
    }

    private static async Task<string> LostAsync(CommandRig rig)
    {
        await Eventually.TrueAsync(() => rig.Sandbox.GetEnvironments().Single().State == AgentEnvironmentState.Lost, "the environment is lost");
        return rig.Sandbox.GetEnvironments().Single().StateReason;
    }
}
