using System.Globalization;
using ContainerSandbox.Engine.Backends;
using static ContainerSandbox.Engine.Tests.Optimization.EvidenceSamples;

namespace ContainerSandbox.Engine.Tests.Optimization;

/// <summary>Recommendations of a sandbox, and what becomes of them.</summary>
public sealed class OptimizerTests
{
    [Fact]
    public async Task Claims_that_find_nothing_ready_bring_a_larger_pool_which_is_not_recommended_again()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        for (var index = 0; index < 5; index++)
            await rig.ClaimAsync($"agent-{index}");
        var recommended = Assert.Single(Recommend(rig));
        Assert.Equal((RecommendationKind.PoolTarget, "default", "1", "5"), (recommended.Kind, recommended.Specialization, recommended.CurrentValue, recommended.RecommendedValue));
        var done = (await CarryOutAsync(rig, recommended))!;
        Assert.Equal(("WarmupContainers", "1", "5", false, false), (done.Setting, done.ValueBefore, done.ValueAfter, done.Undone, done.Automatic));
        Assert.Equal((5, 5), (rig.Pool().Target, rig.Sandbox.GetConfiguration().Optimization.WarmupContainers));
        Assert.Empty(Recommend(rig));
        Assert.Null(await CarryOutAsync(rig, recommended));
        Assert.Equal("WarmupContainers of pool 'default' from 1 to 5, as told: " + recommended.Reason, Assert.Single(Optimized(rig)).Cause);

        var undone = (await rig.Sandbox.Optimization.UndoAsync(rig.Observer, CancellationToken.None))!;
        Assert.Equal(("5", "1", true, 1), (undone.ValueBefore, undone.ValueAfter, undone.Undone, rig.Pool().Target));
        Assert.Null(await rig.Sandbox.Optimization.UndoAsync(rig.Observer, CancellationToken.None));
        Assert.Equal(2, Optimized(rig).Count);
    }

    [Fact]
    public async Task Limits_change_live_and_back()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var before = await rig.ClaimAsync("a");
        Assert.Null(Metrics(rig).LastOptimized);
        var memory = before.MemoryLimit * 2;
        var done = (await CarryOutAsync(rig, About(before, "Memory", Text(memory))))!;
        Assert.Equal((Text(before.MemoryLimit), Text(memory)), (done.ValueBefore, done.ValueAfter));
        Assert.Equal((memory, memory), (rig.Container(before).Limits.Memory, rig.Sandbox.GetEnvironments()[0].MemoryLimit));
        Assert.Equal(rig.Clock.GetUtcNow(), Metrics(rig).LastOptimized);
        await CarryOutAsync(rig, About(before, "Cpu", "0.25"));
        Assert.Equal(new ResourceLimits(memory, 0.25, before.PidsLimit), rig.Container(before).Limits);
        await UndoAsync(rig);
        await UndoAsync(rig);
        Assert.Equal(new ResourceLimits(before.MemoryLimit, before.CpuLimit, before.PidsLimit), rig.Container(before).Limits);
    }

    [Fact]
    public async Task Memory_that_was_used_up_is_the_evidence_for_more()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var environment = await rig.ClaimAsync("a");
        rig.Backend.Feed.Emit(new BackendEvent(BackendEventKind.OutOfMemory, environment.ContainerId, rig.Clock.GetUtcNow()));
        await Eventually.TrueAsync(() => Recommend(rig).Count == 1, "more memory is recommended");
        var recommended = Recommend(rig)[0];
        Assert.Equal((RecommendationKind.MemoryLimit, "a", environment.EnvironmentId), (recommended.Kind, recommended.AgentId, recommended.EnvironmentId));
        await CarryOutAsync(rig, recommended);
        Assert.Empty(Recommend(rig));
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_and_changes_nothing()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var environment = await rig.ClaimAsync("a");
        await FailsAsync(rig, About(environment, "Memory", "much"), SandboxErrorId.InvalidRecommendation);
        await FailsAsync(rig, About(environment, "Cpu", "-1"), SandboxErrorId.InvalidRecommendation);
        await FailsAsync(rig, About(environment, "PidsLimit", "100"), SandboxErrorId.InvalidRecommendation);
        await FailsAsync(rig, About(environment, "Memory", Text(8 * Megabyte)), SandboxErrorId.LimitTooSmall);
        await FailsAsync(rig, About(environment, "Memory", Text(environment.MemoryLimit / 2)), SandboxErrorId.LimitTooSmall);
        await FailsAsync(rig, About(environment, "WarmupContainers", "2") with { Specialization = "nosuch" }, SandboxErrorId.SandboxPoolNotFound);
        await FailsAsync(rig, About(environment, "Cpu", "2") with { AgentId = "nosuch" }, SandboxErrorId.AgentEnvironmentNotFound);
        await FailsAsync(rig, About(environment, "Cpu", "2") with { EnvironmentId = "former" }, SandboxErrorId.AgentEnvironmentReplaced);
        Assert.Null(await CarryOutAsync(rig, About(environment, "", "")));
        Assert.Empty(rig.Backend.Updates);
        Assert.Empty(Optimized(rig));
        Assert.Null(rig.Sandbox.Optimization.Newest);
    }

    [Fact]
    public async Task A_lost_environment_gives_way_to_one_that_was_claimed_alike()
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        var lost = await rig.ClaimAsync(new ClaimRequest { AgentId = "a", PidsLimit = 100, Tags = new Dictionary<string, string> { ["team"] = "red" } });
        rig.Backend.End(rig.Container(lost), 137);
        await Eventually.TrueAsync(() => Recommend(rig).Any(each => each.Kind == RecommendationKind.ReplaceEnvironment), "it is to be replaced");
        var recommended = Recommend(rig).Single(each => each.Kind == RecommendationKind.ReplaceEnvironment);
        Assert.False(rig.Sandbox.Optimization.EndsWork(recommended));
        var done = (await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(20), CarryOutAsync(rig, recommended)))!;
        var environment = Assert.Single(rig.Sandbox.GetEnvironments());
        Assert.Equal((lost.EnvironmentId, environment.EnvironmentId), (done.ValueBefore, done.ValueAfter));
        Assert.Equal(
            (AgentEnvironmentState.Running, 100, "team=red", environment.EnvironmentId),
            (environment.State, environment.PidsLimit, environment.Tags, done.EnvironmentId));
        Assert.Null(rig.Sandbox.Optimization.Newest);
    }

    [Fact]
    public async Task One_in_which_an_agent_works_is_told_apart()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var environment = await rig.ClaimAsync("a");
        Assert.True(rig.Sandbox.Optimization.EndsWork(About(environment, "Environment", "new")));
        Assert.False(rig.Sandbox.Optimization.EndsWork(About(environment, "Memory", "1")));
    }

    [Fact]
    public async Task An_image_that_a_claim_waited_for_brings_preloading_which_brings_the_others()
    {
        await using var rig = new SandboxRig();
        rig.Options = rig.Options with
        {
            Templates =
            [
                new TemplateOptions { Specialization = "python", Image = "python:3", WarmupContainers = 0 },
                new TemplateOptions { Specialization = "node", Image = "node:20", WarmupContainers = 0 },
            ],
        };
        rig.Backend.Missing["python:3"] = rig.Backend.Missing["node:20"] = true;
        await rig.InitializeAsync();
        await rig.ClaimAsync(new ClaimRequest { AgentId = "a", Specialization = "python" });
        Assert.Equal(["python:3"], rig.Backend.Pulls);
        var recommended = Recommend(rig).Single(each => each.Kind == RecommendationKind.ImagePreload);
        await CarryOutAsync(rig, recommended);
        Assert.Contains("node:20", rig.Backend.Pulls);
        Assert.True(rig.Sandbox.GetConfiguration().Optimization.PreloadBaseImages);
        Assert.DoesNotContain(Recommend(rig), each => each.Kind == RecommendationKind.ImagePreload);
    }

    [Fact]
    public async Task A_sandbox_without_optimization_recommends_and_changes_nothing()
    {
        await using var rig = await SandboxRig.OpenAsync(1, optimization => optimization with { OptimizationEnabled = false });
        var environment = await rig.ClaimAsync("a");
        rig.Backend.End(rig.Container(environment), 137);
        await Eventually.TrueAsync(() => rig.Sandbox.GetEnvironments()[0].State == AgentEnvironmentState.Lost, "it is lost");
        Assert.Empty(Recommend(rig));
        Assert.Null(await CarryOutAsync(rig, About(environment, "Cpu", "2")));
    }

    private static IReadOnlyList<SandboxRecommendation> Recommend(SandboxRig rig) => rig.Sandbox.Optimization.Recommend(RecommendationOptions.Usual);

    private static Task<SandboxOptimization?> CarryOutAsync(SandboxRig rig, SandboxRecommendation recommendation) =>
        rig.Sandbox.Optimization.CarryOutAsync(recommendation, rig.Observer, CancellationToken.None);

    private static Task<SandboxOptimization?> UndoAsync(SandboxRig rig) => rig.Sandbox.Optimization.UndoAsync(rig.Observer, CancellationToken.None);

    private static async Task FailsAsync(SandboxRig rig, SandboxRecommendation recommendation, string errorId) =>
        await Eventually.FailsAsync(CarryOutAsync(rig, recommendation), errorId);

    private static IReadOnlyList<SandboxEvent> Optimized(SandboxRig rig) => rig.Sandbox.GetEvents(null, [SandboxEventKind.Optimized]);

    private static PerformanceMetrics Metrics(SandboxRig rig) => rig.Sandbox.GetMetrics()[0];

    private static SandboxRecommendation About(AgentEnvironment environment, string setting, string value) => new()
    {
        SandboxId = environment.SandboxId,
        Kind = RecommendationKind.MemoryLimit,
        AgentId = environment.AgentId,
        EnvironmentId = environment.EnvironmentId,
        Setting = setting,
        RecommendedValue = value,
        Reason = "a test",
        ExpectedEffect = "none",
        Evidence = "none",
    };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
