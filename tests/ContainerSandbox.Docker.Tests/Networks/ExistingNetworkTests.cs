using ContainerSandbox.Docker.Tests.Hardening;

namespace ContainerSandbox.Docker.Tests.Networks;

/// <summary>Networks that users made: a sandbox joins them and leaves them as they are.</summary>
[Collection(NetworkGroup.Name)]
public sealed class ExistingNetworkTests(NetworkFixture networks)
{
    [Fact]
    public async Task Its_containers_reach_each_other_and_it_stays()
    {
        await networks.MakeNetworkAsync("team");
        var sandbox = await networks.InitializeAsync("team", warmup: 2);
        var (one, other) = (await sandbox.ClaimAsync(), await sandbox.ClaimAsync());
        Assert.Equal("Network=team", one.Weakenings);
        Assert.Equal("hello", await sandbox.CallAsync(one, other));
        Assert.Contains("team", sandbox.KnownNetworks);

        var receipts = await sandbox.RemoveAsync(TimeSpan.Zero, Quiet.Observer, CancellationToken.None);
        Assert.DoesNotContain(receipts, receipt => receipt.Kind == CleanupKind.Network);
        Assert.Equal("team", (await networks.Api.GetAsync("networks/team")).GetProperty("Name").GetString());
        await networks.Api.DeleteAsync("networks/team");
    }

    [Fact]
    public async Task One_that_does_not_exist_is_named()
    {
        var error = await Assert.ThrowsAsync<SandboxException>(() => networks.InitializeAsync("no-such-network"));
        Assert.Equal((SandboxErrorId.NetworkNotFound, "no-such-network"), (error.ErrorId, error.Target));
        Assert.Empty(await networks.Api.ContainersAsync("containersandbox.sandbox"));
    }

    [Fact]
    public async Task One_that_goes_meanwhile_is_named_by_the_next_start()
    {
        await networks.MakeNetworkAsync("passing");
        var sandbox = await networks.InitializeAsync(null);
        var first = await sandbox.ClaimAsync(new ClaimRequest { Network = "passing" });
        await sandbox.RemoveAsync(first);
        await networks.Api.DeleteAsync("networks/passing");
        var error = await Assert.ThrowsAsync<SandboxException>(() => sandbox.ClaimAsync(new ClaimRequest { Network = "passing" }));
        Assert.Equal((SandboxErrorId.NetworkNotFound, "passing"), (error.ErrorId, error.Target));
        await sandbox.RemoveAsync(TimeSpan.Zero, Quiet.Observer, CancellationToken.None);
    }

    [Theory]
    [InlineData("host")]
    [InlineData("Host")]
    [InlineData("container:web")]
    [InlineData("a b")]
    public async Task The_machines_own_and_what_is_no_name_are_refused(string name)
    {
        var error = await Assert.ThrowsAsync<SandboxException>(() => networks.InitializeAsync(name));
        Assert.Equal((SandboxErrorId.InvalidNetwork, name), (error.ErrorId, error.Target));
    }
}
