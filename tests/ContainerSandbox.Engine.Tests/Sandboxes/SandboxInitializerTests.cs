namespace ContainerSandbox.Engine.Tests.Sandboxes;

/// <summary>A sandbox comes to be, or nothing stays.</summary>
public sealed class SandboxInitializerTests
{
    [Fact]
    public async Task It_is_described_as_it_is()
    {
        await using var rig = await SandboxRig.OpenAsync(3, options: options => options with { Name = "team" });
        var info = rig.Sandbox.GetInfo();
        Assert.Equal((SandboxRig.SandboxId, "team", SandboxState.Ready, "image:1", "sha256:1"), (info.SandboxId, info.Name, info.State, info.Image, info.ImageId));
        Assert.Equal((3, 3, 0), (info.WarmupContainers, info.Ready, info.Environments));
        Assert.Equal(["image:1"], rig.Sandbox.KnownImages);
        Assert.Equal(rig.Clock.GetUtcNow(), info.CreatedAt);
    }

    [Fact]
    public async Task The_time_of_the_initialization_is_that_of_the_whole()
    {
        var rig = new SandboxRig();
        await using var end = rig;
        rig.Backend.Before(BackendCall.Start, (call, _) =>
        {
            if (call == 1)
                rig.Clock.Advance(TimeSpan.FromSeconds(3));
            return Task.CompletedTask;
        });
        await rig.InitializeAsync();
        Assert.Equal(TimeSpan.FromSeconds(3), rig.Sandbox.GetInfo().InitializationTime);
    }

    [Fact]
    public async Task Containers_are_hardened_and_labelled()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var spec = rig.Backend.Containers.Single().Spec;
        Assert.Equal((65534, 65534), (spec.UserId, spec.GroupId));
        Assert.True(spec.SharedGroupId >= 1_900_000_000);
        Assert.Equal(rig.Options.Memory, spec.Limits.Memory);
        Assert.Equal(rig.Options.Memory / 16 / 4096, spec.SharedMemoryPages);
        Assert.Equal("{}", spec.SecurityProfile);
        Assert.Equal("0123abcd", spec.Labels["containersandbox.sandbox"]);
        Assert.Equal($"{Environment.ProcessId}", spec.Labels["containersandbox.owner-pid"]);
        Assert.Equal(10, spec.Labels.Count(label => label.Key.StartsWith("containersandbox.", StringComparison.Ordinal)));
        Assert.All(rig.Backend.Containers.Single().Sessions, session => Assert.NotEqual(65534, session.Spec.UserId));
    }

    [Fact]
    public async Task An_image_that_is_missing_is_brought()
    {
        var rig = new SandboxRig();
        await using var end = rig;
        rig.Backend.Image = null;
        await rig.InitializeAsync();
        Assert.Equal(1, rig.Backend.Count(BackendCall.PullImage));
        Assert.Equal("sha256:pulled", rig.Backend.Containers[0].Spec.ImageId);
    }

    [Fact]
    public async Task An_image_that_is_there_is_not_brought_again()
    {
        await using var rig = await SandboxRig.OpenAsync();
        Assert.Equal((1, 0), (rig.Backend.Count(BackendCall.ResolveImage), rig.Backend.Count(BackendCall.PullImage)));
    }

    [Theory]
    [InlineData(BackendCall.Probe)]
    [InlineData(BackendCall.List)]
    [InlineData(BackendCall.ResolveImage)]
    [InlineData(BackendCall.ListImages)]
    public async Task An_engine_that_falls_silent_ends_it_and_the_connection_is_closed(BackendCall call)
    {
        await using var rig = new SandboxRig();
        rig.Backend.Fail(call, EngineFault.Silent);
        await Eventually.FailsAsync(rig.InitializeAsync(), SandboxErrorId.EngineNotResponding);
        Assert.True(rig.Backend.IsDisposed);
        Assert.Equal(0, rig.Backend.Count(BackendCall.Start));
    }

    [Fact]
    public async Task A_container_that_cannot_be_started_ends_it_and_leaves_nothing()
    {
        await using var rig = new SandboxRig();
        rig.Optimize(optimization => optimization with { WarmupContainers = 4 });
        rig.Backend.OnStart = container => container.OnControl = (session, text) =>
            text.Contains("chmod", StringComparison.Ordinal) ? (1, "no") : FakeShell.Obey(session, text);
        await Eventually.FailsAsync(rig.InitializeAsync(), SandboxErrorId.StartFailed);
        Assert.Empty(rig.Backend.Containers);
        Assert.True(rig.Backend.IsDisposed);
    }

    [Fact]
    public async Task Cancelling_the_filling_leaves_nothing()
    {
        await using var rig = new SandboxRig();
        var gate = rig.Backend.Hold(BackendCall.OpenSession);
        using var cancellation = new CancellationTokenSource();
        var initializing = rig.InitializeAsync(cancellation.Token);
        await gate.UntilArrivedAsync(4);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => initializing);
        Assert.Empty(rig.Backend.Containers);
        Assert.True(rig.Backend.IsDisposed);
    }

    [Fact]
    public async Task Cancelling_the_rehearsal_leaves_nothing()
    {
        await using var rig = new SandboxRig();
        rig.Backend.OnStart = container => container.OnControl = (session, text) =>
        {
            // What a slot is asked last before the rehearsal of a claim.
            var answer = FakeShell.Obey(session, text);
            if (text.Contains("chmod", StringComparison.Ordinal))
                container.Silence();
            return answer;
        };
        using var cancellation = new CancellationTokenSource();
        var initializing = rig.InitializeAsync(cancellation.Token);
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromMilliseconds(250));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => initializing);
        Assert.Empty(rig.Backend.Containers);
    }

    [Fact]
    public async Task A_filling_that_takes_longer_than_allowed_goes_on_in_the_background()
    {
        await using var rig = new SandboxRig();
        var gate = new CallGate();
        rig.Backend.Before(BackendCall.OpenSession, (call, token) => call <= 2 ? Task.CompletedTask : gate.PassAsync(token));
        rig.Optimize(optimization => optimization with { WarmupContainers = 2, EnableParallelStartup = false, StartupTimeout = TimeSpan.FromSeconds(9) });
        var initializing = rig.InitializeAsync();
        await gate.UntilArrivedAsync();
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromSeconds(9), 2);
        rig.Clock.Advance(TimeSpan.FromSeconds(9));
        await Eventually.EndsAsync(initializing);
        Assert.Equal(1, rig.Pool().Ready);
        gate.Open();
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(100), () => rig.Pool().Ready == 2, "the pool fills");
    }

    [Fact]
    public async Task Without_parallel_startup_one_starts_after_another()
    {
        await using var rig = new SandboxRig();
        rig.Optimize(optimization => optimization with { WarmupContainers = 4, EnableParallelStartup = false });
        var gate = rig.Backend.Hold(BackendCall.Start);
        var initializing = rig.InitializeAsync();
        await gate.UntilArrivedAsync();
        await Eventually.NothingMoreAsync();
        Assert.Equal(1, gate.Arrived);
        gate.Open();
        await Eventually.EndsAsync(initializing);
        Assert.Equal(4, rig.Backend.Count(BackendCall.Start));
    }

    [Theory]
    [InlineData(null, 4)]
    [InlineData(3, 3)]
    [InlineData(1, 1)]
    public async Task As_many_start_at_once_as_the_engine_and_the_user_allow(int? throttle, int expected)
    {
        await using var rig = new SandboxRig();
        rig.Options = rig.Options with { ThrottleLimit = throttle };
        rig.Optimize(optimization => optimization with { WarmupContainers = 8 });
        var gate = rig.Backend.Hold(BackendCall.Start);
        var initializing = rig.InitializeAsync();
        await gate.UntilArrivedAsync(expected);
        await Eventually.NothingMoreAsync();
        Assert.Equal(expected, gate.Arrived);
        gate.Open();
        await Eventually.EndsAsync(initializing);
    }

    [Fact]
    public async Task Limits_that_are_too_small_are_refused_before_anything_is_asked()
    {
        await using var rig = new SandboxRig();
        rig.Options = rig.Options with { Memory = 1 };
        await Eventually.FailsAsync(rig.InitializeAsync(), SandboxErrorId.LimitTooSmall);
        Assert.Equal(0, rig.Backend.Count(BackendCall.Probe));
    }

    [Fact]
    public async Task The_rehearsal_gives_nothing_away_and_starts_nothing()
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        Assert.Equal((2, 2, 0), (rig.Backend.Count(BackendCall.Start), rig.Pool().Ready, rig.Backend.Count(BackendCall.Update)));
        Assert.Contains(rig.Backend.Containers.SelectMany(container => container.Sessions), session =>
            session.Heard.Any(request => request.StartsWith("__cs_e() { :; }", StringComparison.Ordinal)));
    }
}
