using ContainerSandbox.Engine.Optimization;
using static ContainerSandbox.Engine.Tests.Optimization.EvidenceSamples;

namespace ContainerSandbox.Engine.Tests.Optimization;

/// <summary>What is recommended, and what not.</summary>
public sealed class RuleTests
{
    [Fact]
    public void Where_all_is_well_nothing_is_recommended() => Assert.Empty(Recommendations.From(Of(agent: CalmAgent)));

    [Fact]
    public void Claims_that_found_nothing_ready_bring_a_larger_target()
    {
        var recommended = Single(Of(CalmPool with { Misses = 20, MissedAtTarget = 4, Burst = 9 }));
        Assert.Equal((RecommendationKind.PoolTarget, "WarmupContainers", "4", "9"), Changed(recommended));
        Assert.Contains("20 of 100 claims", recommended.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 4, 9)]
    [InlineData(20, 3, 9)]
    public void Few_misses_or_misses_with_fewer_containers_bring_none(int misses, int missedAt, int burst) =>
        Assert.Empty(Recommendations.From(Of(CalmPool with { Misses = misses, MissedAtTarget = missedAt, Burst = burst })));

    [Fact]
    public void A_target_stays_within_its_bound() =>
        Assert.Equal("16", Single(Of(CalmPool with { Misses = 50, MissedAtTarget = 4, Burst = 90 })).RecommendedValue);

    [Fact]
    public void An_hour_that_needed_few_brings_a_smaller_target_and_never_none()
    {
        Assert.Equal("2", Single(Of(CalmPool with { Target = 9, Burst = 1 })).RecommendedValue);
        Assert.Equal("1", Single(Of(CalmPool with { Target = 9, Burst = 0, Claims = 0 })).RecommendedValue);
        Assert.Empty(Recommendations.From(Of(CalmPool with { Target = 9, Burst = 1, Observed = TimeSpan.FromMinutes(59) })));
    }

    [Fact]
    public void Memory_that_was_used_up_brings_half_as_much_again() =>
        Assert.Equal(
            (RecommendationKind.MemoryLimit, "Memory", $"{512 * Megabyte}", $"{768 * Megabyte}"),
            Changed(Single(Of(agent: CalmAgent with { UsedUpAt = 512 * Megabyte, UsedUp = 1, Use = null }))));

    [Fact]
    public void Memory_that_is_nearly_used_brings_more() =>
        Assert.Equal($"{640 * Megabyte}", Single(Of(agent: CalmAgent with
        {
            Use = CalmUse with { MemoryUsual = 490 * Megabyte, MemoryPeak = 500 * Megabyte },
        })).RecommendedValue);

    [Fact]
    public void Memory_that_was_used_up_with_less_tells_nothing_now() =>
        Assert.Empty(Recommendations.From(Of(agent: CalmAgent with { UsedUpAt = 256 * Megabyte, UsedUp = 3 })));

    [Fact]
    public void Long_low_use_of_memory_brings_less_within_what_its_files_may_take()
    {
        var low = CalmUse with { MemoryUsual = 20 * Megabyte, MemoryPeak = 40 * Megabyte };
        Assert.Equal($"{352 * Megabyte}", Single(Of(agent: CalmAgent with { Use = low })).RecommendedValue);
        Assert.Equal($"{64 * Megabyte}", Single(Of(agent: CalmAgent with { Use = low, FileSystemMemory = 64 * Megabyte })).RecommendedValue);
        Assert.Empty(Recommendations.From(Of(agent: CalmAgent with { Use = low with { Observed = TimeSpan.FromMinutes(59) } })));
        Assert.Empty(Recommendations.From(Of(agent: CalmAgent with { Use = low with { Samples = 10 } })));
    }

    [Fact]
    public void A_low_score_is_said_and_makes_ten_minutes_enough()
    {
        var agent = CalmAgent with
        {
            EfficiencyScore = 0.2,
            Use = CalmUse with { MemoryUsual = 20 * Megabyte, MemoryPeak = 40 * Megabyte, Observed = TimeSpan.FromMinutes(10) },
        };
        Assert.Equal([RecommendationKind.MemoryLimit, RecommendationKind.LowEfficiency], Recommendations.From(Of(agent: agent)).Select(each => each.Kind));
        Assert.Empty(Recommendations.From(Of(agent: CalmAgent with { EfficiencyScore = 0.6 })));
    }

    [Fact]
    public void Throttling_brings_more_processor_time_and_long_low_use_less()
    {
        var busy = CalmUse with { CpuUsual = 99, CpuPeak = 101, Throttled = 0.4 };
        Assert.Equal((RecommendationKind.CpuLimit, "Cpu", "1", "1.5"), Changed(Single(Of(agent: CalmAgent with { Use = busy }))));
        var idle = CalmUse with { CpuUsual = 3, CpuPeak = 12 };
        Assert.Equal((RecommendationKind.CpuLimit, "Cpu", "1", "0.2"), Changed(Single(Of(agent: CalmAgent with { Use = idle }))));
        Assert.Empty(Recommendations.From(Of(agent: Agent(512, 4) with { Use = busy with { CpuUsual = 400, CpuPeak = 400 } })));
    }

    [Fact]
    public void Waits_for_the_image_of_a_template_bring_preloading_and_others_advice()
    {
        var image = new ImageEvidence("python:3", 2, TimeSpan.FromSeconds(8), true);
        Assert.Equal((RecommendationKind.ImagePreload, "PreloadBaseImages", "False", "True"), Changed(Single(Of(image: image))));
        Assert.Empty(Recommendations.From(Of(image: image, preloads: true)));
        var advice = Single(Of(image: image with { IsTemplate = false }));
        Assert.Equal("", advice.Setting);
        Assert.Contains("New-SandboxPool", advice.ExpectedEffect, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slow_claim_is_said_with_the_stage_that_took_the_time()
    {
        var slow = Started(11, MissReason.PoolEmpty);
        Assert.Contains("Set-SandboxPool", Single(Of(agent: slow)).ExpectedEffect, StringComparison.Ordinal);
        Assert.Empty(Recommendations.From(Of(agent: Started(10, MissReason.PoolEmpty))));
        var evidence = Of(CalmPool with { Target = 0 }, Started(11, MissReason.PoolDisabled));
        Assert.Equal((RecommendationKind.SlowStartup, "WarmupContainers", "0", "1"), Changed(Single(evidence)));
        Assert.Single(Recommendations.From(Of(agent: Started(3, MissReason.None)) with { Options = new RecommendationOptions { StartupThreshold = TimeSpan.FromSeconds(2) } }));
    }

    [Theory]
    [InlineData(AgentEnvironmentState.Lost, HealthStatus.Critical, 1)]
    [InlineData(AgentEnvironmentState.Running, HealthStatus.Critical, 1)]
    [InlineData(AgentEnvironmentState.Running, HealthStatus.Warning, 0)]
    [InlineData(AgentEnvironmentState.Removing, HealthStatus.Critical, 0)]
    public void What_is_lost_or_critical_is_to_be_replaced(AgentEnvironmentState state, HealthStatus health, int count) => Assert.Equal(
        count,
        Recommendations.From(Of(agent: CalmAgent with { Environment = CalmAgent.Environment with { State = state, Health = health } }))
            .Count(each => each.Kind == RecommendationKind.ReplaceEnvironment));

    private static AgentEvidence Started(int seconds, MissReason miss) => CalmAgent with
    {
        Environment = CalmAgent.Environment with
        {
            StartupTime = TimeSpan.FromSeconds(seconds),
            AllocationTime = TimeSpan.FromSeconds(seconds),
            StartupSource = StartupSource.Cold,
            MissReason = miss,
        },
    };

    private static SandboxRecommendation Single(SandboxEvidence evidence) => Assert.Single(Recommendations.From(evidence));

    private static (RecommendationKind Kind, string Setting, string From, string To) Changed(SandboxRecommendation each) =>
        (each.Kind, each.Setting, each.CurrentValue, each.RecommendedValue);
}
