using ContainerSandbox.Fault.Tests.Matrix;
using ContainerSandbox.Testing;
using Xunit.Abstractions;

namespace ContainerSandbox.Fault.Tests.EngineTrouble;

/// <summary>The engine takes connections and says nothing: how its containers are cannot be told, and that is what is said.</summary>
[Collection(nameof(EngineTrouble))]
public sealed class FrozenEngineTests(ITestOutputHelper output)
{
    private static readonly TimeSpan AnswersAgain = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Health_is_unknown_until_it_answers_and_each_is_one_event()
    {
        await using var engine = await PrivateEngine.StartAsync();
        await using var rig = await TroubleRig.OpenAsync(engine, output);
        await rig.ClaimAsync("agent");
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(rig)).Status);

        await engine.FreezeAsync();
        var frozen = await CheckAsync(rig);
        Assert.True(frozen.Status == HealthStatus.Unknown, $"{frozen}");
        Assert.StartsWith("the engine does not say how the container is: ", frozen.Reasons, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Unknown, (await CheckAsync(rig)).Status);
        Assert.Single(rig.Sandbox.GetEvents(kinds: [SandboxEventKind.EngineGone]));

        await engine.ThawAsync();
        await Eventually.HoldsAsync(
            "the environment is healthy again", AnswersAgain, async () => (await CheckAsync(rig)).Status == HealthStatus.Healthy);
        await TroubleRig.UntilAsync(
            "the engine is back", TimeSpan.FromMinutes(2), () => rig.Sandbox.GetEvents(kinds: [SandboxEventKind.EngineBack]).Count > 0);
        Assert.Single(rig.Sandbox.GetEvents(kinds: [SandboxEventKind.EngineGone]));
        Assert.Single(rig.Sandbox.GetEvents(kinds: [SandboxEventKind.EngineBack]));
        await rig.EndAsync();
    }

    private static Task<HealthResult> CheckAsync(TroubleRig rig) =>
        rig.Sandbox.CheckHealthAsync("agent", null, Silent.Observer, CancellationToken.None);
}
