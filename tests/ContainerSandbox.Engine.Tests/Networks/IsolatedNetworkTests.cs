using ContainerSandbox.Engine.Ownership;

namespace ContainerSandbox.Engine.Tests.Networks;

/// <summary>The sandbox's own network: made once, proved, joined, removed with a receipt.</summary>
public sealed class IsolatedNetworkTests
{
    private readonly FakeNeighbours _neighbours = new();

    [Fact]
    public async Task It_is_made_once_proved_once_and_joined_by_all()
    {
        await using var rig = Rig("isolated", 3);
        await rig.InitializeAsync();
        var network = Assert.Single(rig.Backend.Networks);
        Assert.Equal(("cs-0123abcd-network", "0123abcd"), (network.Name, network.Labels["containersandbox.sandbox"]));
        Assert.Equal(1, rig.Backend.Count(BackendCall.CreateNetwork));
        Assert.Equal(1, _neighbours.Knocks);
        Assert.All(rig.Backend.Containers, container => Assert.Equal(network.Id, container.Spec.Network));
        Assert.Equal(3, rig.Backend.Containers.Count);
        Assert.Equal("Network=Isolated", rig.Sandbox.GetInfo().Weakenings);
    }

    [Fact]
    public async Task It_goes_after_the_containers_and_has_a_receipt()
    {
        await using var rig = Rig("Isolated", 2);
        await rig.InitializeAsync();
        await rig.ClaimAsync("a");
        var id = rig.Backend.Networks[0].Id;
        var receipt = Assert.Single(await rig.RemoveSandboxAsync(), receipt => receipt.Kind == CleanupKind.Network);
        Assert.Equal((id, "cs-0123abcd-network", true, ""), (receipt.ContainerId, receipt.Name, receipt.Verified, receipt.Detail));
        Assert.Empty(rig.Backend.Networks);
    }

    [Fact]
    public async Task One_that_cannot_be_removed_has_a_receipt_that_says_so_and_the_next_initialization_sweeps_it()
    {
        await using var rig = Rig("Isolated", 1);
        await rig.InitializeAsync();
        rig.Backend.Fail(BackendCall.RemoveNetwork, EngineFault.Refused);
        var receipt = Assert.Single(await rig.RemoveSandboxAsync(), receipt => receipt.Kind == CleanupKind.Network);
        Assert.Equal((false, "The engine refused."), (receipt.Verified, receipt.Detail));
        Assert.Single(rig.Backend.Networks);
        rig.Backend.Heal(BackendCall.RemoveNetwork);
        var next = await rig.InitializeNextAsync("0000ffff");
        Assert.Equal("cs-0000ffff-network", Assert.Single(rig.Backend.Networks).Name);
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(100), next.RemoveAsync(TimeSpan.Zero, rig.Observer, CancellationToken.None));
    }

    [Theory]
    [InlineData(true, false, "iptables")]
    [InlineData(false, true, "bash, nc, perl, python3")]
    public async Task What_is_not_proved_is_not_used(bool together, bool mute, string word)
    {
        (_neighbours.AreTogether, _neighbours.AreMute) = (together, mute);
        await using var rig = Rig("Isolated", 2);
        var error = await Eventually.FailsAsync(rig.InitializeAsync(), SandboxErrorId.NetworkNotIsolated);
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Backend.Containers);
        Assert.Empty(rig.Backend.Networks);
        Assert.Equal(1, rig.Backend.Count(BackendCall.CreateNetwork));
    }

    [Fact]
    public async Task One_that_was_made_although_the_answer_was_lost_is_taken_and_not_made_twice()
    {
        await using var rig = Rig("None", 1);
        await rig.InitializeAsync();
        rig.Backend.PlantNetwork(
            "cs-0123abcd-network", new SandboxIdentity(SandboxRig.SandboxId, "default", OwnerIdentity.Current).Labels("default", rig.Clock.GetUtcNow()));
        await rig.ClaimAsync(new ClaimRequest { AgentId = "a", Network = "Isolated" });
        Assert.Equal(0, rig.Backend.Count(BackendCall.CreateNetwork));
        Assert.Equal(rig.Backend.Networks[0].Id, rig.Backend.Containers[^1].Spec.Network);
    }

    [Fact]
    public async Task A_failure_to_make_it_is_tried_again_by_the_next_claim()
    {
        await using var rig = Rig("None", 1);
        await rig.InitializeAsync();
        rig.Backend.Fail(BackendCall.CreateNetwork, EngineFault.Silent);
        await Eventually.FailsAsync(rig.ClaimAsync(new ClaimRequest { AgentId = "a", Network = "Isolated" }), SandboxErrorId.EngineNotResponding);
        rig.Backend.Heal(BackendCall.CreateNetwork);
        Assert.Equal("Network=Isolated", (await rig.ClaimAsync(new ClaimRequest { AgentId = "a", Network = "Isolated" })).Weakenings);
    }

    [Fact]
    public async Task Without_it_no_network_is_made_or_removed()
    {
        await using (var rig = Rig(null, 2))
        {
            await rig.InitializeAsync();
            Assert.All(rig.Backend.Containers, container => Assert.Null(container.Spec.Network));
            Assert.DoesNotContain(await rig.RemoveSandboxAsync(), receipt => receipt.Kind == CleanupKind.Network);
            Assert.Equal((0, 0), (rig.Backend.Count(BackendCall.CreateNetwork), rig.Backend.Count(BackendCall.RemoveNetwork)));
        }
    }

    private SandboxRig Rig(string? network, int warmup)
    {
        var rig = new SandboxRig();
        rig.Optimize(optimization => optimization with { WarmupContainers = warmup });
        rig.Options = rig.Options with { Openers = new() { Network = network } };
        _neighbours.Inhabit(rig.Backend);
        return rig;
    }
}
