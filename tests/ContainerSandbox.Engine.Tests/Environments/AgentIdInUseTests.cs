namespace ContainerSandbox.Engine.Tests.Environments;

/// <summary>An agent id belongs to one environment at a time.</summary>
public sealed class AgentIdInUseTests
{
    [Theory]
    [InlineData("coder", "coder")]
    [InlineData("coder", "CODER")]
    [InlineData("Coder.A", "cODER.a")]
    public async Task A_second_claim_of_an_id_is_refused_whatever_its_case(string first, string second)
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        await rig.ClaimAsync(first);
        var exception = await Eventually.FailsAsync(rig.ClaimAsync(second), SandboxErrorId.AgentEnvironmentExists);
        Assert.Equal(SandboxErrorCategory.ResourceExists, exception.Category);
        Assert.Equal(1, rig.Pool().Ready);
        Assert.Equal(0, rig.Sandbox.GetMetrics().Single().ErrorRate);
    }

    [Fact]
    public async Task An_id_is_taken_from_the_moment_its_claim_begins()
    {
        await using var rig = await SandboxRig.OpenAsync(0);
        var gate = rig.Backend.Hold(BackendCall.Start);
        var first = rig.ClaimAsync("a");
        await gate.UntilArrivedAsync();
        await Eventually.FailsAsync(rig.ClaimAsync("A"), SandboxErrorId.AgentEnvironmentExists);
        await Eventually.FailsAsync(rig.RunAsync("a", ":"), SandboxErrorId.AgentEnvironmentNotFound);
        Assert.Empty(rig.Sandbox.GetEnvironments());
        gate.Open();
        await Eventually.EndsAsync(first);
    }

    [Fact]
    public async Task An_id_is_free_again_after_the_removal()
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        var first = await rig.ClaimAsync("a");
        await rig.RemoveAsync("A");
        var second = await rig.ClaimAsync("a");
        Assert.NotEqual(first.EnvironmentId, second.EnvironmentId);
        Assert.NotEqual(first.ContainerId, second.ContainerId);
    }

    [Fact]
    public async Task An_id_is_free_again_after_the_loss_and_what_the_lost_one_held_is_closed()
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        var first = await rig.ClaimAsync("a");
        rig.Backend.End(rig.Container(first), 1);
        await Eventually.TrueAsync(() => rig.Sandbox.GetEnvironments().Single().State == AgentEnvironmentState.Lost, "the environment is lost");
        var second = await rig.ClaimAsync("a");
        Assert.Equal(AgentEnvironmentState.Running, rig.Sandbox.GetEnvironments().Single().State);
        Assert.NotEqual(first.ContainerId, second.ContainerId);
        await Eventually.TrueAsync(
            () => rig.Container(first).IsReleased && rig.Container(first).Sessions.All(session => session.IsDisposed), "all of the lost one is closed");
    }

    [Fact]
    public async Task Many_claims_of_one_id_at_once_are_served_once()
    {
        await using var rig = await SandboxRig.OpenAsync(4);
        var claims = Enumerable.Range(0, 12).Select(number => Task.Run(() => rig.ClaimAsync(number % 2 == 0 ? "same" : "SAME"))).ToArray();
        await Eventually.TrueAsync(() => claims.All(claim => claim.IsCompleted), "all claims end");
        Assert.Equal(1, claims.Count(claim => claim.IsCompletedSuccessfully));
        Assert.Equal(3, rig.Pool().Ready);
    }

    [Fact]
    public async Task Sixteen_claims_at_once_get_sixteen_containers()
    {
        await using var rig = await SandboxRig.OpenAsync(16);
        var environments = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(() => rig.ClaimAsync($"agent-{number}"))));
        Assert.Equal(16, environments.Select(environment => environment.ContainerId).Distinct().Count());
        Assert.All(environments, environment => Assert.Equal(StartupSource.Warm, environment.StartupSource));
        Assert.Equal(16, rig.Backend.Count(BackendCall.Start));
    }

    [Fact]
    public async Task More_claims_than_slots_are_served_by_starts()
    {
        await using var rig = await SandboxRig.OpenAsync(4);
        var environments = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Task.Run(() => rig.ClaimAsync($"agent-{number}"))));
        Assert.Equal(10, environments.Select(environment => environment.ContainerId).Distinct().Count());
        Assert.Equal(4, environments.Count(environment => environment.StartupSource == StartupSource.Warm));
    }

    [Fact]
    public async Task Without_an_id_a_readable_one_is_made()
    {
        await using var rig = await SandboxRig.OpenAsync(2);
        var first = await rig.ClaimAsync((string?)null);
        var second = await rig.ClaimAsync((string?)null);
        Assert.Matches("^[a-z]+-[a-z]+-[0-9a-f]{4}$", first.AgentId);
        Assert.NotEqual(first.AgentId, second.AgentId);
    }

    [Theory]
    [InlineData("a/b", SandboxErrorId.InvalidAgentId)]
    [InlineData("", SandboxErrorId.InvalidAgentId)]
    public async Task A_claim_with_an_invalid_id_takes_nothing(string id, string errorId)
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        await Eventually.FailsAsync(rig.ClaimAsync(id), errorId);
        Assert.Equal(1, rig.Pool().Ready);
    }

    [Fact]
    public async Task A_users_mistake_is_no_failure_of_the_platform()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        await Eventually.FailsAsync(rig.ClaimAsync(new ClaimRequest { AgentId = "a", PidsLimit = 1 }), SandboxErrorId.LimitTooSmall);
        await Eventually.FailsAsync(
            rig.ClaimAsync(new ClaimRequest { AgentId = "a", EnvironmentVariables = new Dictionary<string, string> { ["1"] = "" } }),
            SandboxErrorId.InvalidEnvironmentVariable);
        Assert.Equal(1, rig.Pool().Ready);
        await rig.ClaimAsync("a");
        Assert.Equal(0, rig.Sandbox.GetMetrics().Single().ErrorRate);
    }
}
