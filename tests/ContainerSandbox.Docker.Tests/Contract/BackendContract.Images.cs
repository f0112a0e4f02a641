using System.Collections.Concurrent;
using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Contract;

public abstract partial class BackendContract
{
    [Fact]
    public async Task A_present_image_is_found_by_name_and_by_identity()
    {
        var byName = await Backend.ResolveImageAsync(fixture.Busybox, None);
        Assert.NotNull(byName);
        var byIdentity = await Backend.ResolveImageAsync(byName.Id, None);

        Assert.Contains(fixture.Busybox, byName.References);
        Assert.Equal(byName.Id, byIdentity?.Id);
    }

    [Fact]
    public async Task An_absent_image_is_not_found() =>
        Assert.Null(await Backend.ResolveImageAsync("containersandbox-test/absent:none", None));

    [Theory]
    [InlineData("")]
    [InlineData("lower/Case")]
    [InlineData("a b")]
    [InlineData("../containers")]
    [InlineData("busybox?all=1")]
    public async Task What_cannot_be_a_name_is_refused(string reference)
    {
        var failure = await Assert.ThrowsAsync<SandboxException>(() => Backend.ResolveImageAsync(reference, None));

        Assert.Equal(SandboxErrorId.ImageNotFound, failure.ErrorId);
        Assert.Equal(SandboxErrorCategory.InvalidArgument, failure.Category);
    }

    [Fact]
    public async Task The_list_shows_variables_and_volumes()
    {
        var images = await Backend.ListImagesAsync(None);

        var hostile = Assert.Single(images, image => image.References.Contains(fixture.Hostile));
        Assert.Contains(TestImages.HostileVariable, hostile.EnvironmentVariables);
        Assert.Equal(TestImages.HostileVolumes, hostile.Volumes.Order());
        Assert.Single(images, image => image.References.Contains(fixture.Busybox));
    }

    [Fact]
    public async Task An_image_is_brought_from_its_registry()
    {
        var reference = await fixture.PublishAsync();
        Assert.Null(await Backend.ResolveImageAsync(reference, None));
        var progress = new Recorder();

        var image = await Backend.PullImageAsync(reference, progress, None);

        Assert.Contains(reference, image.References);
        Assert.Equal(image.Id, (await Backend.ResolveImageAsync(reference, None))?.Id);
        Assert.Contains(progress.Messages, message => message.Layer.Length > 0 && (message.Total > 0 || fixture.IsPodman));
        var digest = Assert.Single(image.References, name => name.Contains('@', StringComparison.Ordinal));
        Assert.Equal(image.Id, (await Backend.PullImageAsync(digest, null, None)).Id);
    }

    [Fact]
    public async Task An_image_that_no_registry_has_leaves_three_ways_out()
    {
        var known = await fixture.PublishAsync();
        var registry = known.Split('/')[0];
        foreach (var reference in new[] { $"{registry}/nobody/has-this:1", "127.0.0.1:1/unreachable/image", "sha256:" + new string('0', 64) })
        {
            var failure = await Assert.ThrowsAsync<SandboxException>(() => Backend.PullImageAsync(reference, null, None));

            Assert.Equal(SandboxErrorId.ImageNotFound, failure.ErrorId);
            Assert.Equal(reference, failure.Target);
            Assert.Contains("name an image that is present (for example ", failure.Message, StringComparison.Ordinal);
            Assert.Contains("load", failure.Message, StringComparison.Ordinal);
            Assert.Contains("reachable", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_registry_is_asked_for_an_image_and_nothing_is_brought()
    {
        var reference = await fixture.PublishAsync();
        if (fixture.IsPodman)
        {
            Assert.Equal(SandboxErrorId.EngineError, (await Assert.ThrowsAsync<SandboxException>(() => Backend.AskRegistryAsync(reference, None))).ErrorId);
            return;
        }

        await Backend.AskRegistryAsync(reference, None);
        Assert.Null(await Backend.ResolveImageAsync(reference, None));

        foreach (var absent in new[] { reference + "-absent", "127.0.0.1:1/unreachable/image", "sha256:" + new string('0', 64) })
        {
            var failure = await Assert.ThrowsAsync<SandboxException>(() => Backend.AskRegistryAsync(absent, None));
            Assert.Equal(SandboxErrorId.ImageNotFound, failure.ErrorId);
        }
    }

    [Fact]
    public async Task A_name_that_an_image_gets_is_reported_and_containers_are_not()
    {
        var since = TimeProvider.System.GetUtcNow();
        using var deadline = new CancellationTokenSource(FeedPatience);
        await using var feed = Backend.WatchImagesAsync(since, deadline.Token).GetAsyncEnumerator(None);
        var next = feed.MoveNextAsync().AsTask();
        await using (await StartAsync())
        {
            var before = TimeProvider.System.GetUtcNow();
            var name = await fixture.TagAsync(fixture.Busybox);

            Assert.True(await next);
            Assert.InRange(feed.Current, before, before.AddMinutes(1));
            Assert.Equal((await Backend.ResolveImageAsync(fixture.Busybox, None))?.Id, (await Backend.ResolveImageAsync(name, None))?.Id);
        }
    }

    private sealed class Recorder : IProgress<ImagePullProgress>
    {
        private readonly ConcurrentQueue<ImagePullProgress> _messages = new();

        public IReadOnlyCollection<ImagePullProgress> Messages => _messages;

        public void Report(ImagePullProgress value) => _messages.Enqueue(value);
    }
}
