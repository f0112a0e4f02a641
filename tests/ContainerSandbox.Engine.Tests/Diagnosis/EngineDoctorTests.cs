using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Diagnosis;
using ContainerSandbox.Engine.Ownership;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContainerSandbox.Engine.Tests.Diagnosis;

/// <summary>What the doctor finds, and what it does about it.</summary>
public sealed class EngineDoctorTests : IDisposable
{
    private const string Image = "image:1";
    private readonly TestClock _clock = new();
    private readonly FakeBackend _backend;
    private readonly FakeObserver _observer = new();
    private readonly string _profile = Path.GetTempFileName();
    private EngineCheckOptions _options;

    public EngineDoctorTests()
    {
        _backend = new FakeBackend(_clock);
        File.WriteAllText(_profile, "{}");
        _options = new EngineCheckOptions { Image = Image, SecurityProfilePath = _profile };
    }

    public void Dispose() => File.Delete(_profile);

    [Fact]
    public async Task Of_an_engine_in_good_health_everything_passes_that_can_be_seen_and_nothing_stays()
    {
        _backend.Facts = _backend.Facts with { Time = _clock.GetUtcNow() };
        var checks = await CheckAsync();
        Assert.Equal(
            ["Endpoint", "Permissions", "ApiVersion", "Clock", "DiskSpace", "Leftovers", "Image", "Init", "Shell", "Start", "Seccomp", "Limits", "SwapLimit"],
            checks.Select(check => check.Name));
        Assert.Equal(["DiskSpace"], checks.Where(check => check.Status != CheckStatus.Passed).Select(check => check.Name));
        Assert.All(checks, check => Assert.Equal("", check.Remedy));
        Assert.Equal(1, _backend.Count(BackendCall.Start));
        Assert.All(_backend.History, container => Assert.True(container.IsReleased));
        Assert.True(_backend.IsDisposed);
    }

    [Fact]
    public async Task Room_is_seen_where_the_engine_is_on_this_machine()
    {
        _backend.Facts = _backend.Facts with { Machine = Environment.MachineName, DataFolder = Path.GetTempPath() };
        var space = Find(await CheckAsync(), "DiskSpace");
        Assert.NotEqual(CheckStatus.Unknown, space.Status);
        Assert.Contains(" GB are free", space.Detail, StringComparison.Ordinal);
        _backend.Facts = _backend.Facts with { DataFolder = "/no/such/folder" };
        Assert.Equal(CheckStatus.Unknown, Find(await CheckAsync(), "DiskSpace").Status);
    }

    [Theory]
    [InlineData(SandboxErrorId.EngineNotFound, "Endpoint", "systemctl start docker")]
    [InlineData(SandboxErrorId.EngineNotResponding, "Endpoint", "systemctl restart docker")]
    [InlineData(SandboxErrorId.EngineAccessDenied, "Permissions", "usermod -aG docker")]
    [InlineData(SandboxErrorId.EngineTooOld, "ApiVersion", "20.10")]
    [InlineData(SandboxErrorId.EndpointNotSupported, "Endpoint", "unix://")]
    public async Task An_engine_that_cannot_be_used_ends_it_with_the_remedy(string errorId, string name, string remedy)
    {
        _backend.Fail(BackendCall.Probe, () => new SandboxException(errorId, SandboxErrorCategory.NotSpecified, "It is so.", "x"));
        var check = Assert.Single(await CheckAsync());
        Assert.Equal((name, CheckStatus.Failed, "It is so."), (check.Name, check.Status, check.Detail));
        Assert.Contains(remedy, check.Remedy, StringComparison.Ordinal);
        Assert.True(_backend.IsDisposed);
    }

    [Theory]
    [InlineData(SandboxErrorId.EngineHasNoInit, "Init")]
    [InlineData(SandboxErrorId.ImageHasNoShell, "Shell")]
    [InlineData(SandboxErrorId.ImagePlatformDiffers, "Start")]
    [InlineData(SandboxErrorId.EngineError, "Start")]
    public async Task A_container_that_does_not_start_says_where_it_fails_and_the_rest_goes_on(string errorId, string name)
    {
        _backend.Fail(BackendCall.Start, () => new SandboxException(errorId, SandboxErrorCategory.NotSpecified, "It is so.", "x"));
        var checks = await CheckAsync();
        var failed = Assert.Single(checks, check => check.Status == CheckStatus.Failed);
        Assert.Equal((name, "It is so."), (failed.Name, failed.Detail));
        Assert.NotEqual("", failed.Remedy);
        Assert.Equal(2, checks.Count(check => check is { Status: CheckStatus.Unknown, Name: "Init" or "Shell" or "Start" }));
        Assert.Equal(CheckStatus.Passed, Find(checks, "SwapLimit").Status);
    }

    [Fact]
    public async Task A_start_that_hangs_has_a_deadline()
    {
        var gate = _backend.Hold(BackendCall.Start);
        var checking = CheckAsync();
        await gate.UntilArrivedAsync(1);
        var checks = await Eventually.PassTimeAsync(_clock, TimeSpan.FromSeconds(1), checking);
        Assert.Equal(CheckStatus.Failed, Find(checks, "Start").Status);
        Assert.Contains("did not start within 30 s", Find(checks, "Start").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runtime_that_the_engine_does_not_have_is_named_before_anything_starts()
    {
        _options = _options with { Runtime = "none-such" };
        var runtime = Find(await CheckAsync(), "Runtime");
        Assert.Equal(CheckStatus.Failed, runtime.Status);
        Assert.Contains("It has: runc", runtime.Detail, StringComparison.Ordinal);
        Assert.Equal(0, _backend.Count(BackendCall.Start));
    }

    [Fact]
    public async Task A_runtime_that_hangs_is_given_up_and_named()
    {
        _options = _options with { Runtime = "runc", StartupTimeout = TimeSpan.FromSeconds(5) };
        var gate = _backend.Hold(BackendCall.Start);
        var checking = CheckAsync();
        await gate.UntilArrivedAsync(1);
        var runtime = Find(await Eventually.PassTimeAsync(_clock, TimeSpan.FromSeconds(1), checking), "Runtime");
        Assert.Equal(CheckStatus.Failed, runtime.Status);
        Assert.Contains("within 5 s", runtime.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runtime_and_a_network_that_work_are_said_to()
    {
        _options = _options with { Runtime = "runc", Network = "none" };
        var checks = await CheckAsync();
        Assert.Equal((CheckStatus.Passed, CheckStatus.Passed), (Find(checks, "Runtime").Status, Find(checks, "Network").Status));
        Assert.Equal("runc", Assert.Single(_backend.History).Spec.Runtime);
    }

    [Fact]
    public async Task An_image_that_its_registry_has_is_brought_by_the_repair()
    {
        _backend.Missing[Image] = true;
        var image = Find(await CheckAsync(), "Image");
        Assert.Equal((CheckStatus.Warning, true), (image.Status, image.CanRepair));
        Assert.Empty(_backend.Pulls);
        await Doctor().RepairAsync("Image", CancellationToken.None);
        Assert.Equal([Image], _backend.Pulls);
        Assert.Equal(CheckStatus.Passed, Find(await CheckAsync(), "Image").Status);
    }

    [Fact]
    public async Task An_image_that_nobody_has_cannot_be_repaired()
    {
        _backend.Missing[Image] = false;
        var checks = await CheckAsync();
        Assert.Equal((CheckStatus.Failed, false), (Find(checks, "Image").Status, Find(checks, "Image").CanRepair));
        Assert.Equal(CheckStatus.Failed, Find(checks, "Registry").Status);
        Assert.Equal(CheckStatus.Unknown, Find(checks, "Start").Status);
        Assert.Equal(0, _backend.Count(BackendCall.Start));
    }

    [Fact]
    public async Task What_ended_owners_left_is_removed_by_the_repair_and_what_may_live_is_only_named()
    {
        var here = OwnerIdentity.Current;
        Plant("cs-aaaaaaaa-dead", here with { StartTime = "1" });
        Plant("cs-bbbbbbbb-elsewhere", here with { Machine = "another" });
        Plant("cs-cccccccc-mine", here);
        var leftovers = Find(await CheckAsync(), "Leftovers");
        Assert.Equal((CheckStatus.Warning, true), (leftovers.Status, leftovers.CanRepair));
        Assert.Contains("1 containers and 0 networks of sandboxes that have ended; 1 containers of owners on other machines", leftovers.Detail, StringComparison.Ordinal);
        Assert.Contains("docker rm -f cs-bbbbbbbb-elsewhere", leftovers.Remedy, StringComparison.Ordinal);

        await Doctor().RepairAsync("Leftovers", CancellationToken.None);

        Assert.Equal(["cs-bbbbbbbb-elsewhere", "cs-cccccccc-mine"], _backend.Containers.Select(container => container.Spec.Name));
        leftovers = Find(await CheckAsync(), "Leftovers");
        Assert.Equal((CheckStatus.Warning, false), (leftovers.Status, leftovers.CanRepair));
    }

    [Theory]
    [InlineData(0, "the same time")]
    [InlineData(29, "the same time")]
    [InlineData(120, "120 s ahead of")]
    [InlineData(-120, "120 s behind")]
    public async Task Clocks_are_compared(int seconds, string detail)
    {
        _backend.Facts = _backend.Facts with { Time = _clock.GetUtcNow().AddSeconds(seconds) };
        var clock = Find(await CheckAsync(), "Clock");
        Assert.Equal(Math.Abs(seconds) > 30 ? CheckStatus.Warning : CheckStatus.Passed, clock.Status);
        Assert.Contains(detail, clock.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_engine_cannot_enforce_or_finds_wrong_itself_is_a_warning()
    {
        _backend.Capabilities = _backend.Capabilities with
        {
            Engine = FakeEngine.Info with { Seccomp = false, UnenforcedLimits = "MemorySwap, PidsLimit" },
        };
        _backend.Facts = _backend.Facts with { Warnings = ["No swap limit support"], IsOpenToNetwork = true };
        var warnings = (await CheckAsync()).Where(check => check.Status == CheckStatus.Warning).ToArray();
        Assert.Equal(["Permissions", "Seccomp", "Limits", "SwapLimit", "EngineWarning"], warnings.Select(check => check.Name));
        Assert.All(warnings, check => Assert.NotEqual("", check.Remedy));
        Assert.Contains("PidsLimit cannot be limited", Find(warnings, "Limits").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_is_lost_on_the_way_is_told_after_what_was_found()
    {
        _backend.Fail(BackendCall.List, EngineFault.Broken);
        var checks = await CheckAsync();
        Assert.Equal(("Engine", CheckStatus.Failed), (checks[^1].Name, checks[^1].Status));
        Assert.Equal(CheckStatus.Passed, checks[0].Status);
    }

    private EngineDoctor Doctor() => new(new FakeBackendFactory(_backend), _options, new EndedSandboxes(), _clock, NullLogger.Instance);

    private Task<IReadOnlyList<EngineCheck>> CheckAsync() => Eventually.EndsAsync(Doctor().CheckAsync(_observer, CancellationToken.None));

    private void Plant(string name, OwnerIdentity owner) => _backend.Plant(
        name, new SandboxIdentity(name.Split('-')[1], "x", owner).Labels("default", _clock.GetUtcNow()), BackendContainerState.Running);

    private static EngineCheck Find(IEnumerable<EngineCheck> checks, string name) => Assert.Single(checks, check => check.Name == name);
}
