namespace ContainerSandbox.Engine.Tests.Images;

/// <summary>When images are looked for and brought, by the switches of the configuration.</summary>
public sealed class ImageBringingTests
{
    [Fact]
    public async Task Without_caching_an_image_that_is_there_is_pulled_once_for_each_sandbox()
    {
        await using var rig = await SandboxRig.OpenAsync(2, optimization => optimization with { EnableImageCaching = false });
        Assert.Equal(["image:1"], rig.Backend.Pulls);
        Assert.Equal(1, rig.Backend.Count(BackendCall.ResolveImage));
        await rig.ClaimAsync("a");
        await rig.ClaimAsync("b");
        await rig.ClaimAsync("c");
        Assert.Single(rig.Backend.Pulls);
    }

    [Fact]
    public async Task An_identity_cannot_be_out_of_date_and_is_never_pulled()
    {
        await using var rig = await SandboxRig.OpenAsync(
            1, optimization => optimization with { EnableImageCaching = false }, options => options with { Image = "sha256:1" });
        Assert.Equal("sha256:sha256:1", rig.Sandbox.GetInfo().ImageId);
        Assert.Single(rig.Backend.Pulls);
        rig.Backend.Image = rig.Backend.Image! with { References = ["sha256:1"] };
        await using var other = new SandboxRig();
        other.Backend.Image = other.Backend.Image! with { References = ["sha256:1"] };
        other.Options = other.Options with { Image = "sha256:1" };
        other.Optimize(optimization => optimization with { EnableImageCaching = false });
        await other.InitializeAsync();
        Assert.Empty(other.Backend.Pulls);
    }

    [Fact]
    public async Task Preloading_brings_each_image_once_and_all_at_once_before_anything_starts()
    {
        await using var rig = Rig(preload: true, Template("a", "image:2"), Template("b", "image:2"), Template("c", "image:3", 0));
        var gate = rig.Backend.Hold(BackendCall.PullImage);
        var initializing = rig.InitializeAsync();
        await gate.UntilArrivedAsync(2);
        await Eventually.NothingMoreAsync();
        Assert.Equal(0, rig.Backend.Count(BackendCall.Start));
        gate.Open();
        await initializing;
        Assert.Equal(["image:2", "image:3"], rig.Backend.Pulls.Order());
        Assert.Equal((1, 1, 0), (rig.Pool("a").Ready, rig.Pool("b").Ready, rig.Pool("c").Ready));
    }

    [Fact]
    public async Task Without_preloading_what_stands_ready_starts_before_the_other_images_are_there()
    {
        await using var rig = Rig(preload: false, Template("a", "image:2"));
        var gate = rig.Backend.Hold(BackendCall.PullImage);
        var initializing = rig.InitializeAsync();
        await gate.UntilArrivedAsync();
        await Eventually.TrueAsync(() => rig.Backend.Containers.Count == 1, "the default pool fills");
        Assert.False(initializing.IsCompleted);
        gate.Open();
        await initializing;
        Assert.Equal((1, 1), (rig.Pool().Ready, rig.Pool("a").Ready));
    }

    [Fact]
    public async Task Without_preloading_an_image_that_no_pool_needs_is_brought_by_the_first_claim()
    {
        await using var rig = Rig(preload: false, Template("a", "image:2", 0));
        await rig.InitializeAsync();
        Assert.Empty(rig.Backend.Pulls);
        await rig.ClaimAsync(For("one"));
        await rig.ClaimAsync(For("two"));
        Assert.Equal(["image:2"], rig.Backend.Pulls);
    }

    [Fact]
    public async Task Claims_that_need_the_same_image_share_one_pull_and_its_time_is_no_part_of_theirs()
    {
        await using var rig = Rig(preload: false, Template("a", "image:2", 0));
        await rig.InitializeAsync();
        var gate = rig.Backend.Hold(BackendCall.PullImage);
        var claims = new[] { rig.ClaimAsync(For("one")), rig.ClaimAsync(For("two")) };
        await gate.UntilArrivedAsync();
        rig.Clock.Advance(TimeSpan.FromMinutes(5));
        await Eventually.NothingMoreAsync();
        gate.Open();
        Assert.All(await Eventually.EndsAsync(Task.WhenAll(claims)), environment => Assert.Equal("image:2", environment.Image));
        Assert.Single(rig.Backend.Pulls);
        Assert.True((await claims[0]).StartupTime >= TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_pull_goes_on_for_whoever_still_waits_and_is_given_up_by_the_last()
    {
        await using var rig = Rig(preload: false, Template("a", "image:2", 0));
        await rig.InitializeAsync();
        var given = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Backend.Before(BackendCall.PullImage, async (_, token) =>
        {
            await using var registration = token.Register(given.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var one = rig.ClaimAsync(For("one"), first.Token);
        var two = rig.ClaimAsync(For("two"), second.Token);
        await Eventually.TrueAsync(() => rig.Backend.Pulls.Count == 1, "the pull begins");
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.EndsAsync(one));
        Assert.False(given.Task.IsCompleted);
        var three = rig.ClaimAsync(For("three"), second.Token);
        await Eventually.NothingMoreAsync();
        Assert.Single(rig.Backend.Pulls);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.EndsAsync(two));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.EndsAsync(three));
        await Eventually.EndsAsync(given.Task);
        rig.Backend.Heal(BackendCall.PullImage);
        await rig.ClaimAsync(For("four"));
        Assert.Equal(2, rig.Backend.Pulls.Count);
    }

    [Fact]
    public async Task Without_its_default_image_an_initialization_does_not_wait_for_the_others()
    {
        await using var rig = Rig(preload: true, Template("a", "image:2"));
        rig.Backend.Missing["image:1"] = false;
        rig.Backend.Before(BackendCall.PullImage, (_, token) =>
            rig.Backend.Pulls.Contains("image:1") && rig.Backend.Pulls.Count == 2 ? Task.CompletedTask : Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token));
        await Eventually.FailsAsync(rig.InitializeAsync(), SandboxErrorId.ImageNotFound);
        Assert.Equal(["image:1", "image:2"], rig.Backend.Pulls.Order());
    }

    [Fact]
    public async Task Without_optimization_nothing_is_brought_ahead_and_each_claim_looks_for_its_image()
    {
        await using var rig = Rig(preload: true, Template("a", "image:2"));
        rig.Optimize(optimization => optimization with { OptimizationEnabled = false });
        await rig.InitializeAsync();
        Assert.Empty(rig.Backend.Pulls);
        var before = rig.Backend.Count(BackendCall.ResolveImage);
        await rig.ClaimAsync("one");
        await rig.ClaimAsync("two");
        Assert.Equal(before + 2, rig.Backend.Count(BackendCall.ResolveImage));
        await rig.ClaimAsync(For("three"));
        Assert.Equal(["image:2"], rig.Backend.Pulls);
    }

    [Fact]
    public async Task Without_optimization_claims_start_one_after_another()
    {
        await using var rig = await SandboxRig.OpenAsync(5, optimization => optimization with { OptimizationEnabled = false });
        var gate = rig.Backend.Hold(BackendCall.Start);
        var claims = Enumerable.Range(0, 3).Select(number => rig.ClaimAsync($"a{number}")).ToArray();
        await gate.UntilArrivedAsync();
        await Eventually.NothingMoreAsync();
        Assert.Equal(1, gate.Arrived);
        gate.Open();
        Assert.All(await Eventually.EndsAsync(Task.WhenAll(claims)), environment => Assert.Equal(MissReason.OptimizationDisabled, environment.MissReason));
        Assert.Equal(PoolState.Disabled, rig.Pool().State);
    }

    private static SandboxRig Rig(bool preload, params TemplateOptions[] templates)
    {
        var rig = new SandboxRig();
        rig.Optimize(optimization => optimization with { WarmupContainers = 1, PreloadBaseImages = preload });
        rig.Options = rig.Options with { Templates = templates };
        foreach (var template in templates)
            rig.Backend.Missing[template.Image] = true;
        return rig;
    }

    private static TemplateOptions Template(string name, string image, int? warmup = null) =>
        new() { Specialization = name, Image = image, WarmupContainers = warmup };

    private static ClaimRequest For(string agentId) => new() { AgentId = agentId, Specialization = "a" };
}
