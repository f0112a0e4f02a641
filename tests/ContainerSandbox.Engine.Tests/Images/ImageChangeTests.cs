namespace ContainerSandbox.Engine.Tests.Images;

/// <summary>The name of an image comes to stand for another image while containers of the first are ready.</summary>
public sealed class ImageChangeTests
{
    private const string New = "sha256:new";
    private static readonly TimeSpan AMoment = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Ready_containers_serve_until_those_of_the_new_image_are_there_in_their_place()
    {
        await using var rig = await OpenAsync(ImageChangePolicy.Replenish);
        var gate = rig.Backend.Hold(BackendCall.Start);
        rig.Backend.MoveTag("image:1", New);
        await gate.UntilArrivedAsync();
        Assert.Equal(2, rig.Pool().Ready);
        Assert.All(rig.Sandbox.GetPools(isDetailed: true)[0].Slots.Where(slot => slot.State == SandboxSlotState.Ready), slot => Assert.True(slot.CanServe));
        var claimed = await rig.ClaimAsync();
        gate.Open();
        await UntilAllAreNewAsync(rig);
        Assert.Equal(StartupSource.Warm, claimed.StartupSource);
        Assert.False(rig.Container(claimed).IsReleased);
        Assert.Equal(New, rig.Sandbox.GetInfo().ImageId);
    }

    [Fact]
    public async Task Ready_containers_end_at_once_where_only_the_new_image_may_serve()
    {
        await using var rig = await OpenAsync(ImageChangePolicy.Recreate);
        var old = rig.Backend.Containers;
        var gate = rig.Backend.Hold(BackendCall.Start);
        rig.Backend.MoveTag("image:1", New);
        await Eventually.PassTimeAsync(rig.Clock, AMoment, () => old.All(container => container.IsReleased), "the old ones end");
        Assert.Equal(0, rig.Pool().Ready);
        gate.Open();
        await UntilAllAreNewAsync(rig);
    }

    [Fact]
    public async Task Nothing_changes_where_changes_are_ignored()
    {
        await using var rig = await OpenAsync(ImageChangePolicy.Ignore);
        rig.Backend.MoveTag("image:1", New);
        await Eventually.NothingMoreAsync();
        Assert.Equal((0, 0), (rig.Backend.ImageFeed.Watchers, rig.Starts));
        Assert.NotEqual(New, rig.Sandbox.GetInfo().ImageId);
    }

    [Fact]
    public async Task A_move_that_the_feed_lost_is_found_by_asking_each_minute()
    {
        await using var rig = await OpenAsync(ImageChangePolicy.Replenish);
        rig.Backend.ImageFeed.IsDeaf = true;
        rig.Backend.MoveTag("image:1", New);
        await Eventually.NothingMoreAsync();
        Assert.Equal(0, rig.Starts);
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromSeconds(1), () => rig.Sandbox.GetInfo().ImageId == New, "the move is found");
        await UntilAllAreNewAsync(rig);
    }

    [Fact]
    public async Task A_name_that_stands_for_nothing_any_more_keeps_its_image()
    {
        await using var rig = await OpenAsync(ImageChangePolicy.Replenish);
        var before = rig.Sandbox.GetInfo().ImageId;
        rig.Backend.Missing["image:1"] = false;
        rig.Backend.ImageFeed.Emit(rig.Clock.GetUtcNow());
        await Eventually.NothingMoreAsync();
        rig.Clock.Advance(AMoment);
        Assert.Equal((before, 2, 0), (rig.Sandbox.GetInfo().ImageId, rig.Pool().Ready, rig.Starts));
        Assert.Equal(StartupSource.Warm, (await rig.ClaimAsync()).StartupSource);
    }

    [Fact]
    public async Task Other_images_change_nothing()
    {
        await using var rig = await OpenAsync(ImageChangePolicy.Recreate);
        rig.Backend.MoveTag("another:1", New);
        await Eventually.NothingMoreAsync();
        Assert.Equal((2, 0), (rig.Pool().Ready, rig.Starts));
    }

    private static async Task<SandboxRig> OpenAsync(ImageChangePolicy policy)
    {
        var rig = await SandboxRig.OpenAsync(2, options: options => options with { ImageChangePolicy = policy });
        if (policy != ImageChangePolicy.Ignore)
            await Eventually.TrueAsync(() => rig.Backend.ImageFeed.Watchers > 0, "the sandbox follows the engine's images");
        return rig;
    }

    private static Task UntilAllAreNewAsync(SandboxRig rig) => Eventually.PassTimeAsync(
        rig.Clock,
        AMoment,
        () => rig.Pool() is { Ready: 2, Creating: 0, Removing: 0 } && rig.Backend.Containers.Count(container => container.Spec.ImageId == New) == 2,
        "all that is ready was made from the new image");
}
