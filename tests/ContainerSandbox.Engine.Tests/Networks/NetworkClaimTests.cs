namespace ContainerSandbox.Engine.Tests.Networks;

/// <summary>A claim that asks for another network than its template's.</summary>
public sealed class NetworkClaimTests
{
    [Theory]
    [InlineData(null, "team")]
    [InlineData("team", "None")]
    [InlineData("team", "other")]
    [InlineData("team", "Team")]
    public async Task Another_network_is_a_cold_start_on_it(string? usual, string wanted)
    {
        await using var rig = await OpenAsync(usual);
        Assert.False(rig.Sandbox.MayServeWarm(new ClaimRequest { Network = wanted }));
        var environment = await rig.ClaimAsync(new ClaimRequest { AgentId = "a", Network = wanted });
        Assert.Equal((StartupSource.Cold, MissReason.NetworkDiffers), (environment.StartupSource, environment.MissReason));
        Assert.Equal(wanted == "None" ? "" : $"Network={wanted}", environment.Weakenings);
        Assert.Equal(wanted == "None" ? null : wanted, rig.Container(environment).Spec.Network);
        var miss = Assert.Single(rig.Sandbox.GetPools(isDetailed: true)[0].Misses);
        Assert.Equal(("Network", $"'{wanted}' was asked for; the containers of the pool have '{usual ?? "None"}'"), (miss.Field, miss.Detail));
        Assert.Equal(1, rig.Pool().Ready);
    }

    [Theory]
    [InlineData(null, "none")]
    [InlineData("NONE", "None")]
    [InlineData("team", "team")]
    [InlineData("team", null)]
    public async Task The_same_network_is_served_warm(string? usual, string? wanted)
    {
        await using var rig = await OpenAsync(usual);
        Assert.True(rig.Sandbox.MayServeWarm(new ClaimRequest { Network = wanted }));
        Assert.Equal(StartupSource.Warm, (await rig.ClaimAsync(new ClaimRequest { AgentId = "a", Network = wanted })).StartupSource);
    }

    [Fact]
    public async Task One_that_does_not_exist_is_named_with_those_that_do()
    {
        await using var rig = await OpenAsync(null);
        var error = await Eventually.FailsAsync(rig.ClaimAsync(new ClaimRequest { AgentId = "a", Network = "gone" }), SandboxErrorId.NetworkNotFound);
        Assert.Equal("gone", error.Target);
        Assert.Contains("Team, other, team", error.Message, StringComparison.Ordinal);
        Assert.Equal(StartupSource.Warm, (await rig.ClaimAsync("a")).StartupSource);
    }

    [Theory]
    [InlineData("host")]
    [InlineData("container:web")]
    [InlineData("-x")]
    public async Task What_is_no_network_for_containers_is_refused(string network)
    {
        await using var rig = await OpenAsync(null);
        await Eventually.FailsAsync(rig.ClaimAsync(new ClaimRequest { AgentId = "a", Network = network }), SandboxErrorId.InvalidNetwork);
    }

    private static async Task<SandboxRig> OpenAsync(string? network)
    {
        var rig = new SandboxRig();
        foreach (var name in new[] { "team", "Team", "other" })
            rig.Backend.PlantNetwork(name, new Dictionary<string, string>());
        rig.Optimize(optimization => optimization with { WarmupContainers = 1 });
        rig.Options = rig.Options with { Openers = new() { Network = network } };
        await rig.InitializeAsync();
        return rig;
    }
}
