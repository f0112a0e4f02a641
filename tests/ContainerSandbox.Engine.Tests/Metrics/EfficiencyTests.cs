using ContainerSandbox.Engine.Metrics;
using CsCheck;

namespace ContainerSandbox.Engine.Tests.Metrics;

/// <summary>The efficiency score, and what samples add up to.</summary>
public sealed class EfficiencyTests
{
    private const long Limit = 1000;

    private static readonly Gen<Story> Stories = Gen.Select(
        Gen.Double[0, 1.2], Gen.Double[0, 1.2], Gen.Double[0, 100], Gen.Int[0, 20], Gen.Int[0, 20], Gen.Int[1, 20]).Select((memory, cpu, throttled, killed, failed, worked) =>
        new Story(memory, cpu, throttled, killed, failed, worked));

    [Fact]
    public void A_score_and_its_parts_are_between_0_and_1_and_the_score_is_made_of_them() => Stories.Sample(story =>
    {
        var metrics = Tell(story);
        double[] parts =
        [
            metrics.EfficiencyMemoryPart!.Value, metrics.EfficiencyCpuPart!.Value, metrics.EfficiencyThrottlingPart!.Value,
            metrics.EfficiencyOomPart!.Value, metrics.EfficiencyErrorPart!.Value,
        ];
        Assert.All(parts, part => Assert.InRange(part, 0, 1));
        Assert.Equal((parts[0] + parts[1]) / 2 * parts[2] * parts[3] * parts[4], metrics.ResourceEfficiencyScore!.Value, 9);
    });

    [Fact]
    public void More_use_never_lowers_it_and_more_trouble_never_raises_it() => Gen.Select(Stories, Gen.Double[0, 1], Gen.Int[0, 5]).Sample((story, more, times) =>
    {
        var score = Score(story);
        Assert.True(Score(story with { Memory = story.Memory + more }) >= score - 1e-9);
        Assert.True(Score(story with { Cpu = story.Cpu + more }) >= score - 1e-9);
        Assert.True(Score(story with { Throttled = Math.Min(100, story.Throttled + (100 * more)) }) <= score + 1e-9);
        Assert.True(Score(story with { Killed = story.Killed + times }) <= score + 1e-9);
    });

    [Fact]
    public void Full_use_without_trouble_is_1_and_none_is_0()
    {
        Assert.Equal(1, Score(new Story(0.6, 0.6, 0, 0, 0, 10)), 6);
        Assert.Equal(0, Score(new Story(0, 0, 0, 0, 0, 10)), 6);
    }

    [Fact]
    public void Too_little_is_no_score()
    {
        var clock = new TestClock();
        var ledger = new MetricsLedger(clock);
        ledger.Claimed(Samples.Environment("a", StartupSource.Warm), default);
        for (var index = 0; index < 4; index++)
        {
            ledger.Sampled(Sample(0.5, TimeSpan.FromSeconds(10 * index), 50), clock.GetTimestamp());
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Null(ledger.Agents(NoStates).Single().ResourceEfficiencyScore);
        ledger.Sampled(Sample(0.5, TimeSpan.FromSeconds(40), 50), clock.GetTimestamp());
        Assert.NotNull(ledger.Agents(NoStates).Single().ResourceEfficiencyScore);
    }

    [Fact]
    public void Counters_add_up_across_environments_and_over_a_restart_of_the_count()
    {
        var clock = new TestClock();
        var ledger = new MetricsLedger(clock);
        ledger.Claimed(Samples.Environment("a", StartupSource.Warm), default);
        foreach (var (environment, bytes) in new[] { ("1", 100L), ("1", 250L), ("2", 40L), ("2", 10L) })
        {
            ledger.Sampled(Sample(0.1, TimeSpan.Zero, 0) with { EnvironmentId = environment, DiskWriteBytes = bytes, OomKills = bytes / 10 }, clock.GetTimestamp());
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        var metrics = ledger.Agents(NoStates).Single();
        Assert.Equal((300L, 30L, null), (metrics.DiskWriteBytes, metrics.OomKills, metrics.NetworkSentBytes));
    }

    [Fact]
    public void Percentiles_are_those_of_the_last_500() => Gen.Int[0, 100_000].Array[1, 1200].Sample(times =>
    {
        var ledger = new MetricsLedger(TimeProvider.System);
        foreach (var time in times)
            ledger.Claimed(Samples.Environment("a", StartupSource.Warm), new ClaimTimes(TimeSpan.FromTicks(time)));
        int[] last = [.. times.TakeLast(500).Order()];
        var metrics = ledger.Agents(NoStates).Single();
        Assert.Equal(last[(int)Math.Ceiling(0.5 * last.Length) - 1], metrics.StartupTimeP50!.Value.Ticks);
        Assert.Equal(last[(int)Math.Ceiling(0.95 * last.Length) - 1], metrics.StartupTimeP95!.Value.Ticks);
        Assert.Equal(last[(int)Math.Ceiling(0.99 * last.Length) - 1], metrics.StartupTimeP99!.Value.Ticks);
        Assert.Equal(metrics.StartupTimeP95, ledger.Summary("1", "default", []).StartupTimeP95);
    });

    private static readonly Dictionary<string, AgentEnvironmentState> NoStates = [];

    private static double Score(Story story) => Tell(story).ResourceEfficiencyScore!.Value;

    private static PerformanceMetrics Tell(Story story)
    {
        var clock = new TestClock();
        var ledger = new MetricsLedger(clock);
        for (var index = 0; index < story.Worked; index++)
            ledger.Claimed(Samples.Environment("a", StartupSource.Warm), default);
        for (var index = 0; index < story.Failed; index++)
            ledger.CommandFailed("a");
        for (var index = 0; index < 6; index++)
        {
            var sample = Sample(story.Memory, 10 * index * story.Cpu * TimeSpan.FromSeconds(1), 100 * story.Cpu) with { ThrottledPercent = story.Throttled, OomKills = story.Killed };
            ledger.Sampled(sample, clock.GetTimestamp());
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        return ledger.Agents(NoStates).Single();
    }

    private static ResourceSample Sample(double memory, TimeSpan cpuTime, double cpuPercent) => new()
    {
        AgentId = "a", SandboxId = "1", EnvironmentId = "e", Timestamp = DateTimeOffset.UnixEpoch, MemoryUsage = (long)(memory * Limit), MemoryLimit = Limit,
        CpuTime = cpuTime, CpuPercent = cpuPercent, CpuPercentOfLimit = cpuPercent, Source = SampleSource.ControlGroup,
    };

    private sealed record Story(double Memory, double Cpu, double Throttled, int Killed, int Failed, int Worked);
}
