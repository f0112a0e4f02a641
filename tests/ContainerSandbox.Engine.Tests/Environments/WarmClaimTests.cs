using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Environments;

/// <summary>A claim from a full pool.</summary>
public sealed class WarmClaimTests
{
    // A container that runs elsewhere gets its first sample from the engine, once it is handed over.
    private static readonly BackendCall[] All =
        [.. Enum.GetValues<BackendCall>().Except([BackendCall.GetProcessId, BackendCall.ReadStatistics])];

    [Fact]
    public async Task A_warm_claim_calls_the_engine_for_nothing()
    {
        await using var rig = await SandboxRig.OpenAsync();
        int[] before = [.. All.Select(rig.Backend.Count)];
        var environment = await rig.ClaimAsync();
        Assert.Equal(before, All.Select(rig.Backend.Count));
        Assert.Equal((StartupSource.Warm, MissReason.None), (environment.StartupSource, environment.MissReason));
        Assert.Equal(AgentEnvironmentState.Running, environment.State);
    }

    [Fact]
    public async Task Limits_that_differ_cost_exactly_one_update()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var environment = await rig.ClaimAsync(new ClaimRequest { AgentId = "a", Memory = 1L << 30, Cpu = 0.5, PidsLimit = 99 });
        var (containerId, update) = Assert.Single(rig.Backend.Updates);
        Assert.Equal(environment.ContainerId, containerId);
        Assert.Equal(new ContainerUpdate(new ResourceLimits(1L << 30, 0.5, 99)), update);
        Assert.Equal((1L << 30, 0.5, 99), (environment.MemoryLimit, environment.CpuLimit, environment.PidsLimit));
        Assert.Equal(StartupSource.Warm, environment.StartupSource);
    }

    [Fact]
    public async Task Limits_that_are_given_and_the_same_cost_nothing()
    {
        await using var rig = await SandboxRig.OpenAsync();
        await rig.ClaimAsync(new ClaimRequest { AgentId = "a", Memory = rig.Options.Memory, Cpu = rig.Options.Cpu, PidsLimit = rig.Options.PidsLimit });
        Assert.Empty(rig.Backend.Updates);
    }

    [Fact]
    public async Task Naming_and_refilling_come_twenty_milliseconds_after_the_claim()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var environment = await rig.ClaimAsync();
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromMilliseconds(20), 3);
        rig.Clock.Advance(TimeSpan.FromMilliseconds(19));
        await Eventually.NothingMoreAsync();
        Assert.Equal((2, 0), (rig.Backend.Count(BackendCall.Start), rig.Backend.Count(BackendCall.Update)));
        rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await rig.UntilFullAsync();
        await Eventually.TrueAsync(
            () => rig.Sandbox.GetEnvironments().Single().ContainerName == $"{environment.ContainerName}-agent", "the container has its name");
        Assert.Equal(3, rig.Backend.Count(BackendCall.Start));
        Assert.Equal($"{environment.ContainerName}-agent", rig.Container(environment).Name);
    }

    [Fact]
    public async Task A_name_that_the_engine_refuses_harms_nothing()
    {
        await using var rig = await SandboxRig.OpenAsync();
        rig.Backend.Fail(BackendCall.Update, EngineFault.Refused);
        var environment = await rig.ClaimAsync();
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromMilliseconds(20), 3);
        rig.Clock.Advance(TimeSpan.FromMilliseconds(20));
        await Eventually.TrueAsync(() => rig.Backend.Count(BackendCall.Update) == 1, "the name is tried");
        Assert.Equal(environment.ContainerName, rig.Sandbox.GetEnvironments().Single().ContainerName);
        Assert.Equal(0, (await rig.RunAsync("agent", ":")).ExitCode);
    }

    [Fact]
    public async Task The_environment_is_described_as_it_is()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var environment = await rig.ClaimAsync(new ClaimRequest
        {
            AgentId = "Coder.1", Specialization = "python", Tags = new Dictionary<string, string> { ["team"] = "a", ["run"] = "7" },
        });
        Assert.Equal(("Coder.1", SandboxRig.SandboxId, "python", "default"),
            (environment.AgentId, environment.SandboxId, environment.Specialization, environment.Template));
        Assert.Equal(("image:1", "/workspace", "team=a;run=7", ""), (environment.Image, environment.WorkspacePath, environment.Tags, environment.Weakenings));
        Assert.StartsWith("cs-0123abcd-", environment.ContainerName, StringComparison.Ordinal);
        Assert.Equal(12, environment.EnvironmentId.Length);
        Assert.Equal(rig.Clock.GetUtcNow(), environment.CreatedAt);
        Assert.Equal(["default", "python"], rig.Sandbox.Specializations);
        Assert.Equal(environment, rig.Sandbox.GetEnvironments().Single());
    }

    [Fact]
    public async Task The_agents_variables_are_in_its_session_before_the_claim_returns()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var environment = await rig.ClaimAsync(new ClaimRequest
        {
            AgentId = "a", Specialization = "s", EnvironmentVariables = new Dictionary<string, string> { ["KEY"] = "it's", ["AGENT_ID"] = "forged" },
        });
        Assert.Contains(rig.Container(environment).Sessions, session => session.Heard.Any(request =>
            request.StartsWith("__cs_e() { export KEY='it'\\''s' AGENT_ID='a' AGENT_SPECIALIZATION='s'; }", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Secrets_of_a_claim_are_in_nothing_that_the_engine_shows()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var environment = await rig.ClaimAsync(new ClaimRequest
        {
            AgentId = "a", EnvironmentVariables = new Dictionary<string, string> { ["KEY"] = "s3cret" },
        });
        await rig.RunAsync("a", ":");
        var container = rig.Container(environment);
        Assert.DoesNotContain("s3cret", string.Join('\n', container.Sessions.SelectMany(session => session.Spec.Command)), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", string.Join('\n', container.Spec.EnvironmentVariables.Values.Concat(container.Spec.Labels.Values)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stage_times_add_up_to_the_startup_time()
    {
        await using var rig = await SandboxRig.OpenAsync();
        rig.Backend.Before(BackendCall.Update, (_, _) =>
        {
            rig.Clock.Advance(TimeSpan.FromMilliseconds(12));
            return Task.CompletedTask;
        });
        var environment = await rig.ClaimAsync(new ClaimRequest { AgentId = "a", Cpu = 2 });
        var sum = environment.OptimizationCheckTime + environment.AllocationTime + environment.VerificationTime + environment.MonitoringTime
            + environment.MetricsTime;
        Assert.Equal(TimeSpan.FromMilliseconds(12), environment.VerificationTime);
        Assert.Equal(environment.StartupTime, sum);
    }
}
