using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Monitoring;

/// <summary>Samples of environments whose engine is elsewhere.</summary>
public sealed class SamplingTests
{
    private static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Figures_are_the_engines_and_the_limits_those_in_force()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        rig.Backend.OnStatistics = _ => new ResourceReading { MemoryUsage = 5, ProcessCount = 3, CpuTime = TimeSpan.FromSeconds(1), DiskReadBytes = 7 };
        var environment = await rig.ClaimAsync(new ClaimRequest { AgentId = "a", Memory = 300L << 20, Cpu = 0.5 });
        var sample = await MeasureAsync(rig);
        Assert.Equal((5, 300L << 20, 3, 7), (sample.MemoryUsage, sample.MemoryLimit, sample.ProcessCount, sample.DiskReadBytes));
        Assert.Equal((SampleSource.Engine, "", environment.EnvironmentId), (sample.Source, sample.GapReason, sample.EnvironmentId));
        Assert.Null(sample.NetworkReceivedBytes);
        Assert.Equal(rig.Clock.GetUtcNow(), sample.Timestamp);
        Assert.Equal(sample.Timestamp.ToUnixTimeMilliseconds(), sample.TimestampUnixMs);
    }

    [Fact]
    public async Task Processor_use_comes_from_two_readings()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var used = TimeSpan.Zero;
        var (periods, throttled) = (0L, 0L);
        rig.Backend.OnStatistics = _ => new ResourceReading { CpuTime = used, Periods = periods, ThrottledPeriods = throttled };
        await ClaimAsync(rig, cpu: 0.5);
        (used, periods, throttled) = (TimeSpan.FromSeconds(15), 200, 50);
        rig.Clock.Advance(AMinute);
        var sample = await MeasureAsync(rig);
        Assert.Equal((25.0, 50.0, 25.0), (sample.CpuPercent, sample.CpuPercentOfLimit, sample.ThrottledPercent));

        // A moment later nothing new can be said.
        rig.Clock.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(25.0, (await MeasureAsync(rig)).CpuPercent);
    }

    [Fact]
    public async Task A_counter_that_goes_backwards_tells_nothing()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var used = TimeSpan.FromSeconds(9);
        rig.Backend.OnStatistics = _ => new ResourceReading { CpuTime = used };
        await ClaimAsync(rig);
        used = TimeSpan.FromSeconds(3);
        rig.Clock.Advance(AMinute);
        Assert.Null((await MeasureAsync(rig)).CpuPercent);
        Assert.Null(rig.Sandbox.GetMetrics().Single().AverageCpuUsage);
    }

    [Fact]
    public async Task A_clock_that_is_set_changes_no_figure()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var used = TimeSpan.Zero;
        rig.Backend.OnStatistics = _ => new ResourceReading { CpuTime = used, MemoryUsage = 100 };
        await ClaimAsync(rig);
        used = TimeSpan.FromSeconds(30);
        rig.Clock.Advance(AMinute);
        rig.Clock.Jump(-TimeSpan.FromDays(1));
        Assert.Equal(50.0, (await MeasureAsync(rig)).CpuPercent);
        var metrics = rig.Sandbox.GetMetrics().Single();
        Assert.Equal((50.0, 100), (metrics.AverageCpuUsage, metrics.AverageMemoryUsage));
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_is_a_gap_with_its_reason()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        await ClaimAsync(rig);
        rig.Backend.Fail(BackendCall.ReadStatistics, EngineFault.Silent);
        var sample = await MeasureAsync(rig);
        Assert.Equal((SampleSource.None, null, null, null), (sample.Source, sample.MemoryUsage, sample.CpuPercent, sample.ProcessCount));
        Assert.NotEqual("", sample.GapReason);
    }

    [Fact]
    public async Task A_container_that_ended_is_a_gap()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var environment = await ClaimAsync(rig);
        rig.Backend.End(rig.Container(environment), 137);
        Assert.Equal("its container ended", (await MeasureAsync(rig)).GapReason);
    }

    [Fact]
    public async Task Means_are_weighted_by_time()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var memory = 100L;
        rig.Backend.OnStatistics = _ => new ResourceReading { MemoryUsage = memory };
        await ClaimAsync(rig);
        rig.Clock.Advance(3 * AMinute);
        await MeasureAsync(rig);
        memory = 300;
        rig.Clock.Advance(AMinute);
        await MeasureAsync(rig);

        // Three minutes at 100, one on the way from 100 to 300.
        Assert.Equal(125, rig.Sandbox.GetMetrics().Single().AverageMemoryUsage);
    }

    [Fact]
    public async Task An_engine_that_is_elsewhere_is_not_asked_again_where_containers_are()
    {
        await using var rig = await SandboxRig.OpenAsync(6);
        await rig.UntilFullAsync();
        for (var index = 0; index < 6; index++)
            await ClaimAsync(rig, $"agent-{index}");
        await rig.Sandbox.Monitoring.MeasureAllAsync(rig.Observer, CancellationToken.None);
        var asked = rig.Backend.Count(BackendCall.GetProcessId);
        await rig.Sandbox.Monitoring.MeasureAllAsync(rig.Observer, CancellationToken.None);
        Assert.InRange(asked, 3, 13);
        Assert.Equal(asked, rig.Backend.Count(BackendCall.GetProcessId));
    }

    [Fact]
    public async Task Calls_of_a_sweep_are_made_at_once()
    {
        await using var rig = await SandboxRig.OpenAsync(3);
        for (var index = 0; index < 3; index++)
            await ClaimAsync(rig, $"agent-{index}");
        var gate = rig.Backend.Hold(BackendCall.ReadStatistics);
        var sweep = rig.Sandbox.Monitoring.MeasureAllAsync(rig.Observer, CancellationToken.None);
        await gate.UntilArrivedAsync(3);
        gate.Open();
        Assert.Equal(["agent-0", "agent-1", "agent-2"], (await Eventually.EndsAsync(sweep)).Select(sample => sample.AgentId));
    }

    // The first sample of an environment is taken once it is handed over.
    private static async Task<AgentEnvironment> ClaimAsync(SandboxRig rig, string agentId = "a", double? cpu = null)
    {
        var environment = await rig.ClaimAsync(new ClaimRequest { AgentId = agentId, Cpu = cpu });
        await Eventually.TrueAsync(() => rig.Sandbox.GetMetrics().Single(each => each.AgentId == agentId).Samples > 0, "the first sample is taken");
        return environment;
    }

    private static Task<ResourceSample> MeasureAsync(SandboxRig rig, string agentId = "a") =>
        rig.Sandbox.Monitoring.MeasureAsync(agentId, null, rig.Observer, CancellationToken.None);
}
