namespace ContainerSandbox.Engine.Tests.Commands;

/// <summary>What goes wrong before a command was taken up costs it nothing.</summary>
public sealed class SessionForCommandTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_that_breaks_or_ends_while_it_opens_is_opened_again(bool breaks)
    {
        await using var rig = await CommandRig.OpenAsync();
        Assert.Equal(0, (await WithoutSpareAsync(rig, breaks ? EngineFault.Broken : EngineFault.EndedSession)).ExitCode);
    }

    [Fact]
    public async Task A_child_that_ends_before_it_takes_the_command_up_leaves_it_to_another_session()
    {
        await using var rig = await CommandRig.OpenAsync();
        FakeSessionChannel? first = null;
        rig.Container.OnCommand = command =>
        {
            if (first is null)
            {
                first = command.Session;
                command.Finish(137);
                return;
            }

            Assert.NotSame(first, command.Session);
            command.Begin().Write("out").Finish(0);
        };
        var result = await rig.RunAsync("run");
        Assert.Equal((0, "out"), (result.ExitCode, result.StandardOutput));
        await Eventually.TrueAsync(() => first!.IsDisposed, "the session without its child is closed");
    }

    // A command with input takes the spare; the one beside it needs a session of its own. One failure may be that of the next spare.
    private static async Task<CommandResult> WithoutSpareAsync(CommandRig rig, Func<SandboxException> fault)
    {
        var failed = 0;
        rig.Backend.Before(
            BackendCall.OpenSession, (_, _) => Interlocked.Increment(ref failed) <= 2 ? throw fault() : Task.CompletedTask);
        rig.Container.OnCommand = command => command.Begin();
        var first = rig.RunAsync("cat", "input");
        await Eventually.TrueAsync(() => rig.Container.Sessions.Any(session => session.IsInputComplete), "the first has the spare");
        rig.Container.OnCommand = command => command.Begin().Finish(0);
        var second = rig.RunAsync("cat", "input");
        try
        {
            return await Eventually.EndsAsync(second);
        }
        finally
        {
            foreach (var session in rig.Container.Sessions.Where(session => session.IsCommand))
                session.End(0);
            await Eventually.EndsAsync(first);
        }
    }
}
