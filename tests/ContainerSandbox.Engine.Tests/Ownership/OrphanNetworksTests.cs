using ContainerSandbox.Engine.Ownership;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContainerSandbox.Engine.Tests.Ownership;

/// <summary>The network of a dead owner is removed; all others are let alone.</summary>
public sealed class OrphanNetworksTests
{
    private static readonly OwnerIdentity Here = OwnerIdentity.Current with { Machine = "machine" };
    private static readonly OwnerIdentity Dead = Here with { ProcessId = Gone.ProcessId, StartTime = "123" };

    private readonly EndedSandboxes _ended = new();
    private readonly FakeBackend _backend = new(new TestClock());

    [Fact]
    public async Task What_a_dead_owner_left_is_removed()
    {
        Plant("cs-0123abcd-network", Dead);
        await SweepAsync();
        Assert.Empty(_backend.Networks);
    }

    [Fact]
    public async Task What_an_ended_sandbox_of_this_process_left_is_removed()
    {
        Plant("cs-0123abcd-network", Here);
        await SweepAsync();
        Assert.Single(_backend.Networks);
        _ended.End("0123abcd");
        await SweepAsync();
        Assert.Empty(_backend.Networks);
    }

    [Theory]
    [InlineData("another", null)]
    [InlineData("", null)]
    [InlineData(null, "another")]
    public async Task What_cannot_be_proved_stays(string? machine, string? boot)
    {
        Plant("cs-0123abcd-network", Dead with { Machine = machine ?? Dead.Machine, Boot = boot ?? Dead.Boot });
        await SweepAsync();
        Assert.Single(_backend.Networks);
    }

    [Theory]
    [InlineData("team")]
    [InlineData("cs-ffffffff-network")]
    public async Task A_network_with_our_labels_and_another_name_is_not_touched(string name)
    {
        Plant(name, Dead);
        await SweepAsync();
        Assert.Single(_backend.Networks);
    }

    [Fact]
    public async Task One_that_cannot_be_removed_does_not_keep_the_others()
    {
        Plant("cs-0123abcd-network", Dead);
        Plant("cs-0123abcd-network2", Dead);
        _backend.Before(BackendCall.RemoveNetwork, (call, _) => call == 1 ? throw EngineFault.Refused() : Task.CompletedTask);
        await SweepAsync();
        Assert.Single(_backend.Networks);
    }

    private void Plant(string name, OwnerIdentity owner) =>
        _backend.PlantNetwork(name, new SandboxIdentity("0123abcd", "default", owner).Labels("default", default));

    private Task SweepAsync() => Eventually.EndsAsync(
        new OrphanNetworks(_backend, Here, _ended, NullLogger.Instance).RunAsync(_backend.Networks, CancellationToken.None));
}
