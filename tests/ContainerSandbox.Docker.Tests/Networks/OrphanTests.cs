using System.Diagnostics;
using System.Text.Json;
using ContainerSandbox.Docker.Tests.Hardening;

namespace ContainerSandbox.Docker.Tests.Networks;

/// <summary>A network whose owner died without a word goes at the next initialization; those of others stay.</summary>
[Collection(NetworkGroup.Name)]
public sealed class OrphanTests(NetworkFixture networks)
{
    private const string Dead = "cs-0badcafe-network";
    private const string Foreign = "cs-0badbeef-network";

    [Fact]
    public async Task What_a_dead_owner_left_is_swept()
    {
        // A machine without an id can prove nothing of an owner.
        var machine = File.Exists("/etc/machine-id") ? (await File.ReadAllTextAsync("/etc/machine-id")).Trim() : "";
        await PlantAsync(Dead, "0badcafe", machine);
        await PlantAsync(Foreign, "0badbeef", "another machine");
        var sandbox = await networks.InitializeAsync(null);
        await sandbox.RemoveAsync(TimeSpan.Zero, Quiet.Observer, CancellationToken.None);

        string[] expected = machine.Length > 0 ? [Foreign] : [Foreign, Dead];
        Assert.Equal(expected, (await NetworkFixture.OwnNetworksAsync(networks.Api)).Order(StringComparer.Ordinal));
        foreach (var name in expected)
            await networks.Api.DeleteAsync($"networks/{name}");
    }

    private Task<JsonElement> PlantAsync(string name, string sandboxId, string machine)
    {
        using var process = Process.Start("/bin/true");
        process.WaitForExit();
        var labels = new Dictionary<string, string>
        {
            ["containersandbox.sandbox"] = sandboxId,
            ["containersandbox.owner-machine"] = machine,
            ["containersandbox.owner-boot"] = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim(),
            ["containersandbox.owner-pidns"] = new FileInfo("/proc/self/ns/pid").LinkTarget!,
            ["containersandbox.owner-pid"] = $"{process.Id}",
            ["containersandbox.owner-start"] = "1",
        };
        return networks.Api.PostAsync(
            "networks/create", JsonSerializer.Serialize(new Dictionary<string, object> { ["Name"] = name, ["Driver"] = "bridge", ["Labels"] = labels }));
    }
}
