using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Presenting;

namespace ContainerSandbox.Engine.Tests.Presenting;

/// <summary>What a live view gets of a sandbox.</summary>
public sealed class LiveSourceTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Content_is_what_the_sandbox_knows()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        rig.Backend.OnStatistics = _ => new ResourceReading { MemoryUsage = 5, ProcessCount = 3, CpuTime = Second };
        var environment = await rig.ClaimAsync(new ClaimRequest { AgentId = "a" });
        rig.Clock.Advance(Second);
        var source = Watch(rig);
        await source.SampleAsync(CancellationToken.None);

        var content = source.Read();

        Assert.Null(content.Monitor);
        Assert.Equal((1.0, "", "", TimeSpan.FromSeconds(10)), (content.HitRate, content.DegradedPools, content.Problem, content.Step));
        var agent = Assert.Single(content.Agents);
        Assert.Equal(environment.EnvironmentId, agent.Environment.EnvironmentId);
        Assert.Equal((5, 3.0), (agent.Newest!.MemoryMean, agent.Newest.ProcessMean));
        Assert.NotEmpty(agent.Recent);
        Assert.Equal(SandboxEventKind.Claimed, content.Events[0].Kind);
        Assert.True(content.Events.Count <= 2);
    }

    [Fact]
    public async Task Samples_are_taken_here_only_while_no_monitor_runs()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        await rig.ClaimAsync(new ClaimRequest { AgentId = "a" });
        var source = Watch(rig);
        var before = rig.Backend.Count(BackendCall.ReadStatistics);
        await source.SampleAsync(CancellationToken.None);
        Assert.Equal(before + 1, rig.Backend.Count(BackendCall.ReadStatistics));

        var started = rig.Sandbox.Monitoring.Start(TimeSpan.FromSeconds(25), rig.Observer);
        await Eventually.TrueAsync(() => rig.Sandbox.Monitoring.Info is { Ticks: 1 }, "the first sweep");
        var monitored = rig.Sandbox.GetMetrics()[0].Samples;
        await source.SampleAsync(CancellationToken.None);

        Assert.Equal(monitored, rig.Sandbox.GetMetrics()[0].Samples);
        Assert.Equal((started.StartedAt, TimeSpan.FromSeconds(30)), (source.Read().Monitor!.StartedAt, source.Read().Step));
        await rig.Sandbox.Monitoring.StopAsync(rig.Observer, CancellationToken.None);
        Assert.Null(source.Read().Monitor);
    }

    [Fact]
    public async Task A_sandbox_that_was_removed_ends_the_view()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var source = Watch(rig);
        await rig.Sandbox.RemoveAsync(TimeSpan.Zero, rig.Observer, CancellationToken.None);

        var error = await Assert.ThrowsAsync<SandboxException>(() => source.SampleAsync(CancellationToken.None));

        Assert.Equal(SandboxErrorId.SandboxRemoved, error.ErrorId);
    }

    private static ILiveSource Watch(SandboxRig rig) => SandboxLiveView.Watch(rig.Sandbox, 2, Second, rig.Observer, rig.Clock);
}
