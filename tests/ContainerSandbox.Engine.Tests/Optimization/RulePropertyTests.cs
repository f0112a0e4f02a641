using System.Globalization;
using ContainerSandbox.Engine.Optimization;
using ContainerSandbox.Engine.Slots;
using CsCheck;
using static ContainerSandbox.Engine.Tests.Optimization.EvidenceSamples;

namespace ContainerSandbox.Engine.Tests.Optimization;

/// <summary>What holds for every recommendation, whatever the evidence.</summary>
public sealed class RulePropertyTests
{
    private static readonly Gen<PoolEvidence> Pools = Gen.Select(
        Gen.Int[0, 40], Gen.Int[0, 120], Gen.Int[0, 500], Gen.Int[0, 500], Gen.Int[1, 40], Gen.Int[0, 60],
        (target, minutes, claims, misses, missedAt, burst) => new PoolEvidence(
            "default", target, TimeSpan.FromMinutes(Math.Min(minutes, 60)), claims, Math.Min(misses, claims), misses == 0 ? 0 : missedAt,
            Math.Min(burst, claims), TimeSpan.FromSeconds(1)));

    private static readonly Gen<AgentEvidence> Agents = Gen.Select(
        Gen.Long[16, 8192], Gen.Long[16, 8192], Gen.Double[0.01, 6], Gen.Double[0, 1.2], Gen.Double[0, 1.3], Gen.Int[0, 240], Gen.Double[0, 2], Gen.Double[0, 2],
        (limit, files, cores, memoryShare, cpuShare, minutes, throttled, usedUp) => Agent(limit, cores) with
        {
            FileSystemMemory = TmpfsPlan.Fits(files * Megabyte, limit * Megabyte) ? files * Megabyte : limit * Megabyte,
            UsedUpAt = usedUp > 1.2 ? 0 : (long)(limit * Megabyte * usedUp),
            UsedUp = usedUp > 1.2 ? 0 : 1,
            EfficiencyScore = throttled > 1 ? 0.3 : null,
            Use = new UseEvidence(
                TimeSpan.FromMinutes(minutes), minutes * 6, (long)(0.9 * memoryShare * limit * Megabyte), (long)(memoryShare * limit * Megabyte),
                90 * cpuShare * cores, 100 * cpuShare * cores, throttled > 1 ? 0 : throttled),
        });

    private static readonly Gen<SandboxEvidence> Everything = Gen.Select(Pools, Agents, Gen.Bool, Gen.Bool, (pool, agent, isTemplate, preloads) =>
        Of(pool, agent, new ImageEvidence("python:3", 1, TimeSpan.FromSeconds(3), isTemplate), preloads));

    [Fact]
    public void Nothing_goes_beyond_its_bounds() => Everything.Sample(evidence => Recommendations.From(evidence).All(each => each.Setting switch
    {
        "WarmupContainers" => int.Parse(each.RecommendedValue, CultureInfo.InvariantCulture) is >= 1 and var target
            && (target <= evidence.Bounds.MaximumWarmupContainers || target < evidence.Pools[0].Target),
        "Memory" => Memory(each) <= evidence.Bounds.MaximumMemory && LimitRules.WrongMemory(Memory(each)) is null
            && TmpfsPlan.Fits(evidence.Agents[0].FileSystemMemory, Memory(each)),
        "Cpu" => Cores(each) <= evidence.Bounds.MaximumCpu && LimitRules.WrongCpu(Cores(each)) is null,
        _ => true,
    }));

    [Fact]
    public void What_is_carried_out_is_not_recommended_again_by_the_same_evidence() => Everything.Sample(evidence =>
    {
        var carriedOut = Recommendations.From(evidence).Aggregate(evidence, Apply);
        return Recommendations.From(carriedOut).All(each => each.Setting is "" or "Environment");
    });

    [Fact]
    public void Every_change_is_one_and_says_why() => Everything.Sample(evidence => Recommendations.From(evidence).All(each =>
        (each.Setting.Length == 0 || each.CurrentValue != each.RecommendedValue)
        && each.Reason.Length > 0 && each.ExpectedEffect.Length > 0 && each.Evidence.Length > 0));

    [Fact]
    public void Memory_never_goes_below_what_was_used_or_used_up() => Agents.Sample(agent => Recommendations.From(Of(agent: agent))
        .Where(each => each.Setting == "Memory")
        // Where more than the bound is wanted, the bound is still nearer to it.
        .All(each => (Memory(each) > agent.UsedUpAt && Memory(each) > agent.Use!.MemoryUsual) || Memory(each) == Of().Bounds.MaximumMemory));

    private static SandboxEvidence Apply(SandboxEvidence evidence, SandboxRecommendation each) => each.Setting switch
    {
        "WarmupContainers" => evidence with { Pools = [evidence.Pools[0] with { Target = int.Parse(each.RecommendedValue, CultureInfo.InvariantCulture) }] },
        "PreloadBaseImages" => evidence with { PreloadsImages = true },
        "Memory" => Change(evidence, environment => environment with { MemoryLimit = Memory(each) }),
        "Cpu" => Change(evidence, environment => environment with { CpuLimit = Cores(each) }),
        _ => evidence,
    };

    private static SandboxEvidence Change(SandboxEvidence evidence, Func<AgentEnvironment, AgentEnvironment> change) =>
        evidence with { Agents = [evidence.Agents[0] with { Environment = change(evidence.Agents[0].Environment) }] };

    private static long Memory(SandboxRecommendation each) => long.Parse(each.RecommendedValue, CultureInfo.InvariantCulture);

    private static double Cores(SandboxRecommendation each) => double.Parse(each.RecommendedValue, CultureInfo.InvariantCulture);
}
