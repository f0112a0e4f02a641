namespace ContainerSandbox.Engine.Tests.Cleanup;

/// <summary>A removal that the engine took and did not carry out is asked for again.</summary>
public sealed class RepeatedKillTests
{
    [Fact]
    public async Task A_container_that_stays_after_a_kill_is_killed_again()
    {
        await using var rig = await SandboxRig.OpenAsync(1);
        var container = rig.Container(await rig.ClaimAsync());
        container.EndsWithLease = false;
        rig.Backend.Before(BackendCall.Remove, (call, _) => call < 3 ? throw EngineFault.Refused() : Task.CompletedTask);

        var receipt = await rig.RemoveAsync("agent");

        Assert.True(receipt.Verified);
        Assert.Equal(3, rig.Backend.Count(BackendCall.Remove));
    }
}
