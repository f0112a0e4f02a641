using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Health;

/// <summary>What figures make of the health of an environment with 512 MB, one processor and 256 processes.</summary>
public sealed class FigureCheckTests
{
    private const long Megabyte = 1 << 20;

    public static TheoryData<ResourceReading, HealthStatus, string, string> Figures => new()
    {
        { new() { MemoryUsage = 430 * Megabyte }, HealthStatus.Healthy, "", "" },
        {
            new() { MemoryUsage = 436 * Megabyte }, HealthStatus.Warning,
            "memory at 85.2 %, 436 of 512 MB (warning from 85 % until below 80 %)", "end processes, or claim it again with more -Memory"
        },
        {
            new() { MemoryUsage = 500 * Megabyte, MemoryFileSystemUsage = 256 * Megabyte }, HealthStatus.Critical,
            "memory at 97.7 %, 500 of 512 MB, 256 MB of it files in memory (critical from 95 % until below 90 %)", "delete files in /workspace"
        },
        { new() { MemoryPressurePercent = 9.9 }, HealthStatus.Healthy, "", "" },
        { new() { MemoryPressurePercent = 12.5 }, HealthStatus.Warning, "processes wait for memory 12.5 % of the time (warning from 10 %", "more -Memory" },
        { new() { MemoryPressurePercent = 60 }, HealthStatus.Critical, "processes wait for memory 60 % of the time (critical from 50 %", "more -Memory" },
        { new() { ProcessCount = 204 }, HealthStatus.Healthy, "", "" },
        { new() { ProcessCount = 205 }, HealthStatus.Warning, "205 of 256 processes and threads, 80.1 % (warning from 80 %", "a higher -PidsLimit" },
        { new() { ProcessCount = 256 }, HealthStatus.Critical, "256 of 256 processes and threads, 100 % (critical from 95 %", "a higher -PidsLimit" },
        { new() { OomKills = 1 }, HealthStatus.Warning, "memory was used up once since the last check", "more -Memory" },
    };

    [Theory]
    [MemberData(nameof(Figures))]
    public async Task A_figure_beyond_a_threshold_is_named_with_it_and_with_what_to_do(ResourceReading reading, HealthStatus expected, string figure, string next)
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Backend.OnStatistics = _ => reading;
        var result = await CheckAsync(rig);
        Assert.Equal(expected, result.Status);
        Assert.Contains(figure, result.Reasons, StringComparison.Ordinal);
        Assert.Contains(next, result.Reasons, StringComparison.Ordinal);
        Assert.StartsWith("container running; session answers", result.Reasons, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Throttling_is_a_warning_and_never_more()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Backend.OnStatistics = _ => new() { Periods = 0, ThrottledPeriods = 0 };
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        await CheckAsync(rig);
        rig.Backend.OnStatistics = _ => new() { Periods = 100, ThrottledPeriods = 100 };
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        var result = await CheckAsync(rig);
        Assert.Equal(HealthStatus.Warning, result.Status);
        Assert.Contains("its 1 processors were used up in 100 % of the periods (warning from 50 % until below 40 %)", result.Reasons, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_figure_at_its_edge_does_not_come_and_go()
    {
        await using var rig = await CommandRig.OpenAsync();
        foreach (var (processes, expected) in new[]
        {
            (204, HealthStatus.Healthy), (206, HealthStatus.Warning), (200, HealthStatus.Warning), (206, HealthStatus.Warning),
            (193, HealthStatus.Warning), (191, HealthStatus.Healthy), (204, HealthStatus.Healthy),
        })
        {
            rig.Backend.OnStatistics = _ => new() { ProcessCount = processes };
            Assert.Equal(expected, (await CheckAsync(rig)).Status);
        }

        Assert.Equal(
            ["Healthy to Warning", "Warning to Healthy"],
            rig.Sandbox.GetEvents(kinds: [SandboxEventKind.HealthChanged]).Select(each => each.Cause.Split(':')[0]));
    }

    [Fact]
    public async Task A_gap_is_a_reason_and_no_bad_verdict()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Backend.Fail(BackendCall.ReadStatistics, EngineFault.Refused);
        var result = await CheckAsync(rig);
        Assert.Equal(HealthStatus.Healthy, result.Status);
        Assert.EndsWith("no figures: The engine refused.", result.Reasons, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_that_do_not_come_are_not_waited_for()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Backend.Hold(BackendCall.ReadStatistics);
        var check = rig.Sandbox.CheckHealthAsync("agent", null, rig.Whole.Observer, CancellationToken.None);
        await Eventually.TrueAsync(() => rig.Clock.Waiting(TimeSpan.FromSeconds(2)) == 0, "the session has answered");
        await rig.Clock.PassAsync(TimeSpan.FromSeconds(5));
        var result = await Eventually.EndsAsync(check);
        Assert.Equal(HealthStatus.Healthy, result.Status);
        Assert.Contains("no figures: none came within 5 s", result.Reasons, StringComparison.Ordinal);
    }

    private static Task<HealthResult> CheckAsync(CommandRig rig) =>
        Eventually.EndsAsync(rig.Sandbox.CheckHealthAsync("agent", null, rig.Whole.Observer, CancellationToken.None));
}
