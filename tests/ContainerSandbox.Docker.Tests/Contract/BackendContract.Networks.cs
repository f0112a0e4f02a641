using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Docker.Tests.Contract;

public abstract partial class BackendContract
{
    [Fact]
    public async Task A_network_is_made_listed_joined_and_removed()
    {
        var name = $"cs-contract-{_test}";
        var id = await Backend.CreateNetworkAsync(new NetworkSpec(name, new Dictionary<string, string> { ["containersandbox-test.test"] = _test }), None);
        try
        {
            var listed = Assert.Single(await Backend.ListNetworksAsync(None), network => network.Id == id);
            Assert.Equal((name, _test), (listed.Name, listed.Labels["containersandbox-test.test"]));

            await using (var lease = await Backend.StartContainerAsync(await SpecAsync() with { Network = id }, None))
            {
                Assert.Equal("eth0\nlo", await OutputAsync(lease, "ls /sys/class/net | sort"));
                if (!fixture.IsPodman)
                {
                    var failure = await Assert.ThrowsAsync<SandboxException>(() => Backend.RemoveNetworkAsync(id, None));
                    Assert.Equal((SandboxErrorId.EngineError, id), (failure.ErrorId, failure.Target));
                }
            }

            await GoneAsync(TimeSpan.FromSeconds(20));
        }
        finally
        {
            Assert.True(await Backend.RemoveNetworkAsync(id, None));
        }

        Assert.DoesNotContain(await Backend.ListNetworksAsync(None), network => network.Id == id);
        Assert.False(await Backend.RemoveNetworkAsync(id, None));
    }

    [Fact]
    public async Task A_container_without_a_network_has_none()
    {
        await using var lease = await StartAsync();
        Assert.Equal("lo", await OutputAsync(lease, "ls /sys/class/net"));
    }

    [Fact]
    public async Task A_network_that_there_is_not_is_named()
    {
        var spec = await SpecAsync() with { Network = "cs-contract-none-" + _test };
        var failure = await Assert.ThrowsAsync<SandboxException>(() => Backend.StartContainerAsync(spec, None));
        Assert.Equal((SandboxErrorId.NetworkNotFound, spec.Network), (failure.ErrorId, failure.Target));
        await GoneAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task What_is_opened_is_open()
    {
        await using var closed = await StartAsync();
        await using var opened = await Backend.StartContainerAsync(
            await SpecAsync() with { WritableRoot = true, AllowNewPrivileges = true, AddedCapabilities = ["KILL"] }, None);
        const string Status = "awk '/^(CapBnd|NoNewPrivs):/ { print $2 }' /proc/self/status; awk '$2 == \"/\" { print substr($4, 1, 2) }' /proc/mounts";
        Assert.Equal("0000000000000000\n1\nro", await OutputAsync(closed, Status));
        Assert.Equal("0000000000000020\n0\nrw", await OutputAsync(opened, Status));
    }
}
