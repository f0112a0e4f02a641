using ContainerSandbox.Testing;
using Xunit.Abstractions;

namespace ContainerSandbox.Fault.Tests.EngineTrouble;

/// <summary>
/// With live-restore the containers outlive their engine, and all connections to them break. Without those nothing would end them with
/// their owner: they are lost at once, and gone as soon as the engine is back.
/// </summary>
[Collection(nameof(EngineTrouble))]
public sealed class LiveRestoreTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Environments_are_lost_and_the_pool_is_filled_anew_when_the_engine_comes_back(bool killed)
    {
        await using var engine = await PrivateEngine.StartAsync("--live-restore");
        await using var rig = await TroubleRig.OpenAsync(engine, output);
        var environment = await rig.ClaimAsync("worker");
        await rig.UntilFullAsync();
        var held = await rig.ContainersAsync();
        var running = rig.Caller.RunAsync("worker", "sleep 4; echo slept", "slept\n");
        await rig.Caller.RunAsync("worker", "echo at work", "at work\n");

        await (killed ? engine.KillAsync() : engine.StopAsync());
        Assert.All(held, container => Assert.NotNull(PrivateEngine.ShimOf(container)));

        await TroubleRig.UntilAsync("the environment is lost", Soon, () => rig.Sandbox.GetEnvironments().Single().State == AgentEnvironmentState.Lost);
        await running;
        await rig.Caller.RunAsync("worker", "echo never", "");
        await rig.Caller.ClaimAsync("worker");
        Assert.Contains(rig.OutcomeOf("Claim worker"), new[] { "EngineLost", "EngineUnavailable" });
        Assert.DoesNotContain("Done", rig.Caller.Answers.Where(answer => answer.Call == "Run worker").Skip(1).Select(answer => answer.Outcome));

        await engine.StartAgainAsync();
        await rig.UntilFullAsync();
        await Eventually.HoldsAsync("what was held before is gone", Soon, async () => !(await rig.ContainersAsync()).Intersect(held).Any());
        Assert.All(held, container => Assert.Null(PrivateEngine.ShimOf(container)));
        Assert.NotEqual(environment.EnvironmentId, (await rig.ClaimAsync("worker")).EnvironmentId);
        await rig.EndAsync();
    }
}
