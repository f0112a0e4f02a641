using ContainerSandbox.Docker.Tests.Hardening;
using ContainerSandbox.Engine.Sandboxes;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Images;

/// <summary>Images that come damaged, are for other machines, are meant exactly, or do not exist among others that do.</summary>
[Collection(DockerEngineGroup.Name)]
public sealed class PullTroubleTests(DockerFixture fixture)
{
    private const int Arm64 = 0xB7;
    private const int MachineOfProgram = 18;

    [Fact]
    public async Task A_damaged_layer_is_no_image_and_the_error_says_so()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var name = await registry.PublishAsync(fixture.Engine, fixture.Images, RootFolder.Common().Busybox());
        registry.SpoilLargest();

        var failure = await Assert.ThrowsAsync<SandboxException>(() => fixture.Backend.PullImageAsync(name, null, CancellationToken.None));

        Assert.Equal(SandboxErrorId.ImagePullFailed, failure.ErrorId);
        Assert.Contains("came damaged from its registry", failure.Message, StringComparison.Ordinal);
        Assert.Null(await fixture.Backend.ResolveImageAsync(name, CancellationToken.None));
    }

    [Fact]
    public async Task A_digest_brings_exactly_that_image_also_after_its_tag_moved()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var name = await registry.PublishAsync(fixture.Engine, fixture.Images, RootFolder.Common().Busybox());
        var first = await fixture.Backend.PullImageAsync(name, null, CancellationToken.None);
        var digest = Assert.Single(first.References, reference => reference.Contains('@', StringComparison.Ordinal));
        fixture.Images.Adopt(digest);
        await fixture.Images.RemoveAsync(first.Id);

        var again = await fixture.Backend.PullImageAsync(digest, null, CancellationToken.None);
        Assert.Equal(first.Id, again.Id);
        var tagged = name + digest[digest.IndexOf('@', StringComparison.Ordinal)..];
        Assert.Equal(first.Id, (await fixture.Backend.PullImageAsync(tagged, null, CancellationToken.None)).Id);
        var other = digest[..^4] + (digest.EndsWith("0000", StringComparison.Ordinal) ? "1111" : "0000");
        var failure = await Assert.ThrowsAsync<SandboxException>(() => fixture.Backend.PullImageAsync(other, null, CancellationToken.None));
        Assert.Equal(SandboxErrorId.ImageNotFound, failure.ErrorId);
    }

    [Fact]
    public async Task An_image_whose_programs_the_machine_cannot_run_is_named_with_both_platforms()
    {
        var program = File.ReadAllBytes("/bin/busybox");
        program[MachineOfProgram] = Arm64;
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, program);
        var image = await fixture.Images.LoadAsync("foreign", "arm64", RootFolder.Common().Copy(file, "bin/sh"));
        File.Delete(file);

        var failure = await Assert.ThrowsAsync<SandboxException>(() => Sandboxes.InitializeAsync(Options(image)));

        Assert.Equal(SandboxErrorId.ImagePlatformDiffers, failure.ErrorId);
        Assert.Contains("is built for linux/arm64, the engine runs on linux/", failure.Message, StringComparison.Ordinal);
        await Eventually.HoldsAsync(
            "nothing is left", TimeSpan.FromSeconds(10), async () => (await fixture.ContainersAsync("containersandbox.sandbox-name=pulls")).Count == 0);
    }

    [Fact]
    public async Task An_image_for_another_platform_that_runs_all_the_same_is_used()
    {
        var image = await fixture.Images.LoadAsync("emulated", "arm64", RootFolder.Common().Busybox());
        var sandbox = await Sandboxes.InitializeAsync(Options(image));
        try
        {
            Assert.Equal("works", await sandbox.LineAsync(await sandbox.ClaimAsync(), "echo works"));
        }
        finally
        {
            await sandbox.RemoveAsync(TimeSpan.Zero, Quiet.Observer, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Of_ten_images_one_is_missing_and_nine_pools_are_filled()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var names = new List<string> { $"{registry.Address}/containersandbox-test/published:missing" };
        for (var image = 0; image < 9; image++)
            names.Add(await registry.PublishAsync(fixture.Engine, fixture.Images, RootFolder.Common().Busybox()));
        var warnings = new Warnings();
        var options = Options(fixture.Busybox) with
        {
            Templates = [.. names.Select((name, number) => new TemplateOptions { Specialization = $"t{number}", Image = name, WarmupContainers = 1 })],
            Optimization = new StartupOptimization { PreloadBaseImages = true, WarmupContainers = 0, StartupTimeout = TimeSpan.FromSeconds(60) },
        };
        var sandbox = await SandboxRegistry.InitializeAsync(options, warnings, CancellationToken.None);
        try
        {
            var pools = sandbox.GetPools();
            Assert.Equal(9, pools.Count(pool => pool is { Ready: 1, Target: 1 }));
            var missing = Assert.Single(pools, pool => pool is { Ready: 0, Target: 1 });
            Assert.Equal("t0", missing.Specialization);
            Assert.Contains(names[0], missing.LastError, StringComparison.Ordinal);
            Assert.Contains(names[0], Assert.Single(warnings.Said), StringComparison.Ordinal);
        }
        finally
        {
            await sandbox.RemoveAsync(TimeSpan.Zero, Quiet.Observer, CancellationToken.None);
        }
    }

    private static SandboxOptions Options(string image) => new()
    {
        Name = "pulls",
        Image = image,
        SecurityProfilePath = Repository.SecurityProfile,
        Optimization = new StartupOptimization { WarmupContainers = 1, StartupTimeout = TimeSpan.FromSeconds(20) },
        Memory = 64L * 1024 * 1024,
    };

    private sealed class Warnings : ISandboxObserver
    {
        public List<string> Said { get; } = [];

        public void Log(SandboxLogLevel level, string message)
        {
            lock (Said)
            {
                if (level == SandboxLogLevel.Warning)
                    Said.Add(message);
            }
        }

        public void Report(SandboxProgress progress)
        {
        }
    }
}
