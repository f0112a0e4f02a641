namespace ContainerSandbox.Engine.Tests.Sandboxes;

/// <summary>Which environment is meant, and what becomes of those that are gone.</summary>
public sealed class EnvironmentAddressTests
{
    [Fact]
    public async Task An_agent_without_an_environment_is_not_found()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var exception = await Eventually.FailsAsync(rig.RunAsync("nobody", ":"), SandboxErrorId.AgentEnvironmentNotFound);
        Assert.Equal(("nobody", SandboxErrorCategory.ObjectNotFound), (exception.Target, exception.Category));
        await Eventually.FailsAsync(Task.Run(() => rig.RemoveAsync("nobody")), SandboxErrorId.AgentEnvironmentNotFound);
        await Eventually.FailsAsync(rig.Sandbox.CheckHealthAsync("nobody", null, rig.Observer, CancellationToken.None), SandboxErrorId.AgentEnvironmentNotFound);
    }

    [Fact]
    public async Task An_agent_is_found_whatever_the_case()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        await rig.ClaimAsync("Coder");
        Assert.Equal("Coder", (await rig.RunAsync("cODER", ":")).AgentId);
    }

    [Fact]
    public async Task The_environment_of_an_earlier_claim_is_replaced_and_gets_no_command()
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        var first = await rig.ClaimAsync("a");
        await rig.RemoveAsync("a");
        var second = await rig.ClaimAsync("a");
        await Eventually.FailsAsync(rig.RunAsync("a", ":", first.EnvironmentId), SandboxErrorId.AgentEnvironmentReplaced);
        await Eventually.FailsAsync(Task.Run(() => rig.RemoveAsync("a", first.EnvironmentId)), SandboxErrorId.AgentEnvironmentReplaced);
        await Eventually.FailsAsync(
            rig.Sandbox.CheckHealthAsync("a", first.EnvironmentId, rig.Observer, CancellationToken.None), SandboxErrorId.AgentEnvironmentReplaced);
        Assert.Equal(second.EnvironmentId, (await rig.RunAsync("a", ":", second.EnvironmentId)).EnvironmentId);
        Assert.Single(rig.Sandbox.GetEnvironments());
    }

    [Fact]
    public async Task A_container_that_ends_unasked_is_a_lost_environment()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var environment = await rig.ClaimAsync("a");
        rig.Backend.End(rig.Container(environment), 139);
        await Eventually.TrueAsync(() => rig.Sandbox.GetEnvironments().Single().State == AgentEnvironmentState.Lost, "the loss is known");
        var lost = rig.Sandbox.GetEnvironments().Single();
        Assert.Contains("139", lost.StateReason, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Critical, lost.Health);
        var exception = await Eventually.FailsAsync(rig.Clock, rig.RunAsync("a", ":"), SandboxErrorId.AgentEnvironmentLost);
        Assert.Contains("139", exception.Message, StringComparison.Ordinal);
        Assert.Equal(AgentEnvironmentState.Lost, rig.Sandbox.GetMetrics().Single().State);
    }

    [Fact]
    public async Task A_container_that_ends_during_a_command_is_a_lost_environment_although_no_event_told()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var environment = await rig.ClaimAsync("a");
        rig.Backend.Feed.IsDeaf = true;
        rig.Container(environment).OnCommand = command =>
        {
            command.Begin();
            rig.Backend.End(rig.Container(environment), 137);
        };
        await Eventually.FailsAsync(rig.Clock, rig.RunAsync("a", "x"), SandboxErrorId.AgentEnvironmentLost);
        Assert.Equal(AgentEnvironmentState.Lost, rig.Sandbox.GetEnvironments().Single().State);
    }

    [Fact]
    public async Task A_loss_of_one_is_not_a_loss_of_another()
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        var first = await rig.ClaimAsync("a");
        await rig.ClaimAsync("b");
        rig.Backend.End(rig.Container(first), 1);
        await Eventually.TrueAsync(() => rig.Sandbox.GetEnvironments()[0].State == AgentEnvironmentState.Lost, "the loss is known");
        Assert.Equal(0, (await rig.RunAsync("b", ":")).ExitCode);
    }

    [Fact]
    public async Task Environments_are_listed_oldest_first()
    {
        await using var rig = await SandboxRig.OpenAsync(0);
        foreach (var id in new[] { "z", "a", "m" })
            await rig.ClaimAsync(id);
        Assert.Equal(["z", "a", "m"], rig.Sandbox.GetEnvironments().Select(environment => environment.AgentId));
    }

    [Fact]
    public async Task A_command_that_no_shell_could_run_reaches_none()
    {
        await using var rig = await CommandRig.OpenAsync();
        await Eventually.FailsAsync(rig.RunAsync(" "), SandboxErrorId.InvalidCommand);
        Assert.DoesNotContain(rig.Heard, FakeShell.IsCommand);
        Assert.Equal(0, rig.Sandbox.GetMetrics().Single().ErrorRate);
    }
}
