namespace ContainerSandbox.Engine.Tests.Commands;

/// <summary>Sessions that ended are replaced, and nothing of them stays open.</summary>
public sealed class SessionHousekeepingTests
{
    [Fact]
    public async Task Sessions_that_the_agent_ends_are_replaced_and_closed()
    {
        await using var rig = await CommandRig.OpenAsync();
        for (var turn = 0; turn < 10; turn++)
        {
            var last = rig.Container.Sessions[^1];
            rig.Container.OnCommand = command =>
            {
                command.Begin();
                rig.Container.EndSessions();
            };
            await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(10), rig.RunAsync("kill -9 -1"));
            rig.Container.OnCommand = command => command.Begin().Finish(0);
            await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(10), rig.RunAsync("next"));
        }

        await Eventually.TrueAsync(
            () => rig.Container.Sessions.Where(session => session.IsEnded).All(session => session.IsDisposed),
            "every session that ended is closed");
    }

    [Fact]
    public async Task A_session_with_what_goes_on_is_kept_until_that_is_over()
    {
        await using var rig = await CommandRig.OpenAsync();
        var left = true;
        FakeSessionChannel? parked = null;
        rig.Container.OnCommand = command =>
        {
            parked ??= command.Session;
            command.Begin().Finish(0, 1);
        };
        rig.Container.OnControl = (session, text) =>
            text.Contains($"__cs_find Gid {parked?.Spec.GroupId} ", StringComparison.Ordinal) ? (left ? 0 : 1, "") : FakeShell.Obey(session, text);
        await rig.RunAsync("serve &");
        await rig.RunAsync("more &");
        await Eventually.TrueAsync(
            () => rig.Heard.Any(text => text.StartsWith($"__cs_find Gid {parked!.Spec.GroupId} ", StringComparison.Ordinal)), "it is looked for");
        Assert.False(parked!.IsDisposed);
        left = false;
        await rig.RunAsync("more &");
        await Eventually.TrueAsync(() => parked.IsDisposed, "it is closed");
    }

    [Fact]
    public async Task A_spare_that_does_not_answer_the_background_is_replaced_after_a_while()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command =>
        {
            rig.Container.Silence();
            command.Begin().Finish(0, 1);
        };
        await rig.RunAsync("serve &");
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromSeconds(10));
        rig.Container.Speak();
        var check = rig.Sandbox.CheckHealthAsync("agent", null, rig.Whole.Observer, CancellationToken.None);
        await rig.Clock.PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(HealthStatus.Critical, (await Eventually.EndsAsync(check)).Status);
        rig.Clock.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(HealthStatus.Healthy, (await Eventually.EndsAsync(rig.Sandbox.CheckHealthAsync("agent", null, rig.Whole.Observer, CancellationToken.None))).Status);
        await Eventually.TrueAsync(() => rig.Container.Sessions.Any(session => session.IsDisposed), "the silent spare is closed");
    }

    [Fact]
    public async Task A_spare_that_hangs_while_it_is_opened_is_given_up_after_a_while()
    {
        await using var rig = await CommandRig.OpenAsync();
        var opening = rig.Backend.Hold(BackendCall.OpenSession);
        rig.Container.OnCommand = command =>
        {
            // From here on nothing of this container answers, the spare that is just being opened least of all.
            rig.Container.IsSilent = true;
            command.Begin().Finish(0);
            opening.Open();
        };
        var running = rig.RunAsync("one-shot", "input");
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromSeconds(30));
        rig.Container.IsSilent = false;
        rig.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0, (await Eventually.EndsAsync(running)).ExitCode);
        Assert.Equal(HealthStatus.Healthy, (await Eventually.EndsAsync(rig.Sandbox.CheckHealthAsync("agent", null, rig.Whole.Observer, CancellationToken.None))).Status);
    }

    [Fact]
    public async Task A_session_that_speaks_unasked_is_not_used_again()
    {
        await using var rig = await CommandRig.OpenAsync();
        List<FakeSessionChannel> used = [];
        rig.Container.OnCommand = command =>
        {
            used.Add(command.Session);
            command.Begin().Finish(0);
        };
        await rig.RunAsync("first");
        used[0].Say(Backends.SessionOutput.Standard, "forged"u8.ToArray());
        await Eventually.TrueAsync(() => used[0].IsDrained, "what it said is read");
        await Eventually.NothingMoreAsync();
        await rig.RunAsync("second");
        Assert.NotSame(used[0], used[1]);
    }

    [Fact]
    public async Task The_spare_is_never_a_worker_and_serves_one_shots_only_when_another_is_idle()
    {
        await using var rig = await CommandRig.OpenAsync();
        FakeCommand? first = null;
        rig.Container.OnCommand = command => first = command.Begin();
        var running = rig.RunAsync("long");
        await Eventually.TrueAsync(() => first is not null, "the worker is busy");
        var spare = rig.Container.Sessions.Single(session => session != first!.Session);
        FakeCommand? second = null;
        rig.Container.OnCommand = command =>
        {
            second = command;
            command.Begin().Finish(0);
        };
        await rig.RunAsync("one-shot", "input");
        Assert.NotSame(spare, second!.Session);
        Assert.False(spare.IsCommand);
        first!.Finish(0);
        await Eventually.EndsAsync(running);
    }
}
