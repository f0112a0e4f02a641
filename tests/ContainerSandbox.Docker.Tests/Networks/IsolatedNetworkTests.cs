using System.Diagnostics;
using ContainerSandbox.Docker.Tests.Hardening;
using ContainerSandbox.Docker.Tests.Openers;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Networks;

/// <summary>The sandbox's own network: a way out, none to a neighbour, and nothing of it stays.</summary>
[Collection(NetworkGroup.Name)]
public sealed class IsolatedNetworkTests(NetworkFixture networks)
{
    [Fact]
    public async Task It_opens_an_interface_and_nothing_more()
    {
        var closed = await networks.InitializeAsync(null);
        var opened = await networks.InitializeAsync("isolated");
        var environment = await opened.ClaimAsync();
        Assert.Equal(("Network=Isolated", StartupSource.Warm), (environment.Weakenings, environment.StartupSource));
        Assert.Equal(("Network=Isolated", ""), (opened.GetInfo().Weakenings, closed.GetInfo().Weakenings));

        var expected = await Posture.ReadAsync(closed, await closed.ClaimAsync());
        var answers = await Posture.ReadAsync(opened, environment);
        Assert.Equal("lo", expected["interfaces"]);
        Assert.Equal("eth0 lo", string.Join(' ', answers["interfaces"].Split(' ').Order(StringComparer.Ordinal)));
        Assert.Equal(expected.Where(answer => answer.Key != "interfaces"), answers.Where(answer => answer.Key != "interfaces"));
        await RemoveAsync(closed, opened);
    }

    [Fact]
    public async Task Two_environments_do_not_reach_each_other_and_both_reach_what_is_outside()
    {
        var gateway = await networks.MakeNetworkAsync("outside");
        var sandbox = await networks.InitializeAsync("Isolated", warmup: 2);
        var (one, other) = (await sandbox.ClaimAsync(), await sandbox.ClaimAsync());
        Assert.Equal("nc: timed out", await sandbox.CallAsync(one, other));
        Assert.Equal("nc: timed out", await sandbox.CallAsync(other, one));

        // On the engine's machine, at an address that is not of the sandbox's network.
        using var listener = Process.Start("nsenter", ["-t", $"{networks.Engine.ProcessId}", "-n", "busybox", "nc", "-ll", "-p", "7777", "-e", "echo", "outside"]);
        try
        {
            foreach (var environment in new[] { one, other })
                await Eventually.HoldsAsync(
                    "the outside answers", TimeSpan.FromSeconds(20),
                    async () => (await sandbox.RunAsync(environment, $"nc -w 2 {gateway} 7777 </dev/null")).StandardOutput == "outside\n");
        }
        finally
        {
            listener.Kill();
            await listener.WaitForExitAsync();
        }

        await RemoveAsync(sandbox);
        await networks.Api.DeleteAsync("networks/outside");
    }

    [Fact]
    public async Task All_templates_share_one_and_it_is_removed_with_a_receipt()
    {
        var sandbox = await networks.InitializeAsync(
            "Isolated", 1,
            new TemplateOptions { Specialization = "other", Image = networks.Image },
            new TemplateOptions { Specialization = "closed", Image = networks.Image, Openers = new SandboxOpeners { Network = "None" } });
        var environment = await sandbox.ClaimAsync(new ClaimRequest { Specialization = "other" });
        var closed = await sandbox.ClaimAsync(new ClaimRequest { Specialization = "closed" });
        Assert.Equal(("Network=Isolated", ""), (environment.Weakenings, closed.Weakenings));
        Assert.Equal("lo", await sandbox.ProbeAsync(closed, "interfaces"));
        var name = Assert.Single(await NetworkFixture.OwnNetworksAsync(networks.Api));
        Assert.StartsWith($"cs-{sandbox.Id}-", name, StringComparison.Ordinal);
        var made = await networks.Api.GetAsync($"networks/{name}");
        Assert.Equal(sandbox.Id, made.GetProperty("Labels").GetProperty("containersandbox.sandbox").GetString());

        var receipts = await sandbox.RemoveAsync(TimeSpan.Zero, Quiet.Observer, CancellationToken.None);
        var receipt = Assert.Single(receipts, receipt => receipt.Kind == CleanupKind.Network);
        Assert.Equal((name, made.GetProperty("Id").GetString(), true), (receipt.Name, receipt.ContainerId, receipt.Verified));
        Assert.Empty(await NetworkFixture.OwnNetworksAsync(networks.Api));
    }

    [Fact]
    public async Task A_claim_that_asks_for_it_starts_cold_and_makes_it()
    {
        var sandbox = await networks.InitializeAsync(null);
        Assert.Empty(await NetworkFixture.OwnNetworksAsync(networks.Api));
        var environment = await sandbox.ClaimAsync(new ClaimRequest { Network = "Isolated" });
        Assert.Equal(
            (StartupSource.Cold, MissReason.NetworkDiffers, "Network=Isolated"), (environment.StartupSource, environment.MissReason, environment.Weakenings));
        Assert.Contains("eth0", await sandbox.ProbeAsync(environment, "interfaces"), StringComparison.Ordinal);
        var usual = await sandbox.ClaimAsync(new ClaimRequest { Network = "none" });
        Assert.Equal((StartupSource.Warm, "lo"), (usual.StartupSource, await sandbox.ProbeAsync(usual, "interfaces")));
        await RemoveAsync(sandbox);
    }

    [Fact]
    public async Task An_engine_that_accepts_the_option_and_does_nothing_is_found_out()
    {
        await using var engine = await PrivateEngine.StartWithNetworksAsync("--iptables=false", "--default-address-pool", "base=10.213.8.0/22,size=24");
        var image = await networks.MakeImageAsync(engine);
        var error = await Assert.ThrowsAsync<SandboxException>(() => NetworkFixture.InitializeOnAsync(engine, image, "Isolated"));
        Assert.Equal((SandboxErrorId.NetworkNotIsolated, "Isolated"), (error.ErrorId, error.Target));
        Assert.Contains("iptables", error.Message, StringComparison.Ordinal);
        Assert.Empty(await NetworkFixture.OwnNetworksAsync(engine.Api));

        // The two of the proof end with their leases: they have left the network, and the engine takes a moment to clear them away.
        await Eventually.HoldsAsync(
            "no container is left", TimeSpan.FromSeconds(20),
            async () => (await engine.Api.ContainersAsync("containersandbox.sandbox")).Count == 0);
    }

    [Fact]
    public async Task When_the_engine_has_no_addresses_left_the_error_names_what_helps()
    {
        var made = new List<string>();
        for (var number = 0; number < 4; number++)
        {
            made.Add($"taken-{number}");
            await networks.MakeNetworkAsync(made[^1]);
        }

        var error = await Assert.ThrowsAsync<SandboxException>(() => networks.InitializeAsync("Isolated"));
        foreach (var name in made)
            await networks.Api.DeleteAsync($"networks/{name}");
        Assert.Equal(SandboxErrorId.AddressPoolsExhausted, error.ErrorId);
        Assert.Contains("docker network prune", error.Message, StringComparison.Ordinal);
        Assert.Empty(await networks.Api.ContainersAsync("containersandbox.sandbox"));
        await RemoveAsync(await networks.InitializeAsync("Isolated"));
    }

    private async Task RemoveAsync(params ContainerSandbox.Engine.Sandboxes.Sandbox[] sandboxes)
    {
        foreach (var sandbox in sandboxes)
        {
            var receipts = await sandbox.RemoveAsync(TimeSpan.Zero, Quiet.Observer, CancellationToken.None);
            Assert.All(receipts, receipt => Assert.True(receipt.Verified, receipt.Detail));
        }

        Assert.Empty(await NetworkFixture.OwnNetworksAsync(networks.Api));
    }
}
