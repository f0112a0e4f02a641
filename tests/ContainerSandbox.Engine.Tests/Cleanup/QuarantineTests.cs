namespace ContainerSandbox.Engine.Tests.Cleanup;

/// <summary>What could not be proved gone is kept in mind and tried again.</summary>
public sealed class QuarantineTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task A_removal_without_proof_is_tried_again_until_there_is_one()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var container = await StickAsync(rig);
        var receipt = await RemoveAsync(rig);
        Assert.False(receipt.Verified);
        Assert.Contains("still lists it", receipt.Detail, StringComparison.Ordinal);
        Assert.Equal(1, rig.Sandbox.GetInfo().Quarantined);
        Assert.Empty(rig.Sandbox.GetEnvironments());

        container.IsStuck = false;
        await Eventually.PassTimeAsync(rig.Clock, Step, () => rig.Sandbox.GetInfo().Quarantined == 0, "it is gone at last");
        Assert.False(container.IsPresent);
    }

    [Fact]
    public async Task The_agent_id_is_free_although_the_old_container_is_there()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var container = await StickAsync(rig);
        await RemoveAsync(rig);
        Assert.NotEqual(container.Id, (await rig.ClaimAsync()).ContainerId);
        container.IsStuck = false;
    }

    [Fact]
    public async Task Attempts_become_ever_more_seldom()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var container = await StickAsync(rig);
        rig.Backend.Fail(BackendCall.Remove, EngineFault.Refused);
        await RemoveAsync(rig);
        var spans = new List<TimeSpan>();
        foreach (var pause in new[] { 5, 10, 20, 40, 80, 160, 300, 300 }.Select(seconds => TimeSpan.FromSeconds(seconds)))
        {
            await Eventually.PassTimeAsync(rig.Clock, Step, () => rig.Clock.Waiting(pause) > 0, $"a pause of {pause}");
            spans.Add(pause);
            rig.Clock.Advance(pause);
        }

        Assert.Equal(8, spans.Count);
        container.IsStuck = false;
    }

    [Fact]
    public async Task An_engine_that_is_back_is_asked_at_once()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var container = await StickAsync(rig);
        await RemoveAsync(rig);
        await Eventually.PassTimeAsync(rig.Clock, Step, () => rig.Clock.Waiting(TimeSpan.FromMinutes(5)) > 0, "it is tried seldom");
        container.IsStuck = false;
        rig.Backend.Feed.Break();
        await rig.Clock.PassAsync(TimeSpan.FromMilliseconds(200));
        await Eventually.TrueAsync(() => rig.Sandbox.GetInfo().Quarantined == 0, "it is gone");
        Assert.False(container.IsPresent);
    }

    [Fact]
    public async Task The_end_of_the_sandbox_tries_what_is_left_once_more_and_says_so()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var container = await StickAsync(rig);
        await RemoveAsync(rig);
        container.IsStuck = false;
        var receipts = await rig.RemoveSandboxAsync();
        Assert.True(Assert.Single(receipts, receipt => receipt.ContainerId == container.Id).Verified);
        Assert.Empty(rig.Backend.Containers);
    }

    [Fact]
    public async Task Where_the_engine_lists_nothing_the_receipts_say_what_was_left()
    {
        await using var rig = await SandboxRig.OpenAsync();
        var container = await StickAsync(rig);
        await RemoveAsync(rig);
        rig.Backend.Fail(BackendCall.List, EngineFault.Silent);
        var receipts = await rig.RemoveSandboxAsync();
        Assert.False(Assert.Single(receipts, receipt => receipt.ContainerId == container.Id).Verified);
    }

    private static async Task<FakeContainer> StickAsync(SandboxRig rig)
    {
        var container = rig.Container(await rig.ClaimAsync());
        (container.EndsWithLease, container.IsStuck) = (false, true);
        return container;
    }

    private static Task<CleanupReceipt> RemoveAsync(SandboxRig rig) => Eventually.PassTimeAsync(
        rig.Clock, Step, rig.Sandbox.RemoveEnvironmentAsync("agent", null, TimeSpan.Zero, rig.Observer, CancellationToken.None));
}
