using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Ownership;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContainerSandbox.Engine.Tests.Ownership;

/// <summary>What a dead owner left is removed; all else is let alone.</summary>
public sealed class OrphanSweepTests
{
    private static readonly OwnerIdentity Here = OwnerIdentity.Current with { Machine = "machine" };
    private static readonly OwnerIdentity Dead = Here with { ProcessId = Gone.ProcessId, StartTime = "123" };

    private readonly TestClock _clock = new();
    private readonly EndedSandboxes _ended = new();
    private readonly FakeBackend _backend;

    public OrphanSweepTests() => _backend = new FakeBackend(_clock);

    [Theory]
    [InlineData(BackendContainerState.Running)]
    [InlineData(BackendContainerState.Paused)]
    [InlineData(BackendContainerState.Created)]
    [InlineData(BackendContainerState.Ended)]
    public async Task What_a_dead_owner_left_is_removed(BackendContainerState state)
    {
        Plant(Dead, state);
        await SweepAsync();
        Assert.Empty(_backend.Containers);
    }

    [Fact]
    public async Task What_a_live_owner_has_stays()
    {
        Plant(Here, BackendContainerState.Running);
        await SweepAsync();
        Assert.Single(_backend.Containers);
        Assert.Equal(0, _backend.Count(BackendCall.Remove));
    }

    [Fact]
    public async Task What_an_ended_sandbox_of_this_process_left_is_removed_and_that_of_another_process_of_the_same_id_stays()
    {
        _ended.End("0123abcd");
        Plant(Here, BackendContainerState.Running);
        Plant(Here with { Boot = "another" }, BackendContainerState.Running, 1);
        await SweepAsync();
        Assert.Equal("cs-0123abcd-0001", Assert.Single(_backend.Containers).Name);
    }

    [Fact]
    public async Task A_sandbox_whose_id_was_used_before_is_alive()
    {
        _ended.End("0123abcd");
        _ended.Begin("0123abcd");
        Plant(Here, BackendContainerState.Running);
        await SweepAsync();
        Assert.Single(_backend.Containers);
    }

    [Theory]
    [InlineData("another", null)]
    [InlineData("", null)]
    [InlineData(null, "another")]
    public async Task What_cannot_be_proved_stays(string? machine, string? boot)
    {
        Plant(Dead with { Machine = machine ?? Dead.Machine, Boot = boot ?? Dead.Boot }, BackendContainerState.Running);
        await SweepAsync();
        Assert.Single(_backend.Containers);
    }

    [Theory]
    [InlineData(61, true)]
    [InlineData(60, false)]
    [InlineData(1, false)]
    public async Task What_was_never_started_for_an_hour_goes_whoever_owns_it(int minutes, bool goes)
    {
        Plant(Here, BackendContainerState.Created);
        Plant(Dead with { Machine = "another" }, BackendContainerState.Created);
        _clock.Advance(TimeSpan.FromMinutes(minutes));
        await SweepAsync();
        Assert.Equal(goes ? 0 : 2, _backend.Containers.Count);
    }

    [Fact]
    public async Task An_old_container_that_runs_is_not_one_that_was_never_started()
    {
        Plant(Here, BackendContainerState.Running);
        _clock.Advance(TimeSpan.FromDays(30));
        await SweepAsync();
        Assert.Single(_backend.Containers);
    }

    [Fact]
    public async Task A_foreign_container_with_our_labels_is_not_touched()
    {
        _backend.Plant("web", Labels(Dead), BackendContainerState.Running);
        _backend.Plant("old", Labels(Dead), BackendContainerState.Created);
        _clock.Advance(TimeSpan.FromDays(1));
        await SweepAsync();
        Assert.Equal(2, _backend.Containers.Count);
    }

    [Fact]
    public async Task One_that_cannot_be_removed_does_not_keep_the_others()
    {
        for (var number = 0; number < 5; number++)
            Plant(Dead, BackendContainerState.Running, number);
        _backend.Before(BackendCall.Remove, (call, _) => call == 2 ? throw EngineFault.Refused() : Task.CompletedTask);
        await SweepAsync();
        Assert.Single(_backend.Containers);
    }

    private void Plant(OwnerIdentity owner, BackendContainerState state, int number = 0) => _backend.Plant($"cs-0123abcd-{number:x4}", Labels(owner), state);

    private IReadOnlyDictionary<string, string> Labels(OwnerIdentity owner) =>
        new SandboxIdentity("0123abcd", "default", owner).Labels("default", _clock.GetUtcNow());

    private Task SweepAsync() => Eventually.EndsAsync(
        new OrphanSweep(_backend, Here, _ended, _clock, NullLogger.Instance).RunAsync(CancellationToken.None));
}
