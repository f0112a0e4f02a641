namespace ContainerSandbox.Engine.Tests.Cleanup;

/// <summary>What may end in order does so before the lease is closed.</summary>
public sealed class GracefulRemovalTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Processes_hear_TERM_once_and_are_waited_for()
    {
        await using var rig = await CommandRig.OpenAsync();
        var looks = 0;
        rig.Container.OnControl = (session, text) => text.Contains("__cs_find Uid", StringComparison.Ordinal)
            ? (++looks <= 5 ? 0 : 1, "")
            : FakeShell.Obey(session, text);
        var receipt = await rig.Whole.RemoveAsync("agent", gracePeriod: Grace);
        Assert.True(receipt.Verified);
        Assert.Equal(6, looks);
        Assert.Single(rig.Heard, text => text.Contains("kill -TERM", StringComparison.Ordinal));
        Assert.InRange(receipt.Duration, Look * 5, Look * 20);
    }

    [Fact]
    public async Task Processes_that_stay_are_waited_for_no_longer_than_the_grace()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnControl = (session, text) =>
            text.Contains("__cs_find Uid", StringComparison.Ordinal) ? (0, "") : FakeShell.Obey(session, text);
        var receipt = await rig.Whole.RemoveAsync("agent", gracePeriod: Grace);
        Assert.True(receipt.Verified);
        Assert.InRange(receipt.Duration, Grace, Grace + TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task Without_processes_there_is_nothing_to_wait_for()
    {
        await using var rig = await CommandRig.OpenAsync();
        var receipt = await Eventually.EndsAsync(
            rig.Sandbox.RemoveEnvironmentAsync("agent", null, Grace, rig.Whole.Observer, CancellationToken.None));
        Assert.Equal(TimeSpan.Zero, receipt.Duration);
    }

    [Fact]
    public async Task Sessions_that_do_not_answer_are_waited_for_no_longer_than_the_grace()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.Silence();
        var receipt = await rig.Whole.RemoveAsync("agent", gracePeriod: Grace);
        Assert.True(receipt.Verified);
        Assert.InRange(receipt.Duration, Grace, Grace + TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task A_session_that_became_a_command_hears_TERM_like_any_process()
    {
        await using var rig = await CommandRig.OpenAsync();
        FakeCommand? taken = null;
        rig.Container.OnCommand = command => taken = command.Begin();
        var running = rig.RunAsync("serve", "input");
        await Eventually.TrueAsync(() => taken is { Session.IsInputComplete: true }, "the command runs");
        string? asked = null;
        rig.Container.OnControl = (session, text) =>
        {
            if (text.Contains("__cs_find Uid", StringComparison.Ordinal))
                asked ??= text;
            return FakeShell.Obey(session, text);
        };
        await rig.Whole.RemoveAsync("agent", gracePeriod: Grace);
        Assert.NotNull(asked);
        Assert.DoesNotMatch($@"\b{taken!.Session.ProcessId}\b", asked);
        await Eventually.FailsAsync(rig.Clock, running, SandboxErrorId.AgentEnvironmentLost);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_command_that_runs_when_its_environment_is_removed_ends_with_it(bool withInput)
    {
        await using var rig = await CommandRig.OpenAsync();
        FakeCommand? taken = null;
        rig.Container.OnCommand = command => taken = command.Begin();
        var running = rig.RunAsync("serve", withInput ? "x" : null);
        await Eventually.TrueAsync(() => taken is not null, "the command runs");
        Assert.True((await rig.Whole.RemoveAsync("agent")).Verified);
        await Eventually.FailsAsync(rig.Clock, running, SandboxErrorId.AgentEnvironmentLost);
    }
}
