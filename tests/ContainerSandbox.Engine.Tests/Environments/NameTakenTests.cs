namespace ContainerSandbox.Engine.Tests.Environments;

/// <summary>A name that another container has costs another attempt, not the claim.</summary>
public sealed class NameTakenTests
{
    [Fact]
    public async Task The_next_name_is_tried()
    {
        await using var rig = await SandboxRig.OpenAsync(0);
        var before = rig.Backend.Count(BackendCall.Start);
        rig.Backend.Before(BackendCall.Start, (call, _) => call <= before + 2 ? throw Taken() : Task.CompletedTask);
        var environment = await rig.ClaimAsync();
        Assert.Equal(3, rig.Starts);
        Assert.Equal($"cs-{SandboxRig.SandboxId}-{before + 3:x4}", environment.ContainerName);
    }

    [Fact]
    public async Task An_engine_that_refuses_every_name_is_not_asked_for_ever()
    {
        await using var rig = await SandboxRig.OpenAsync(0);
        rig.Backend.Fail(BackendCall.Start, Taken);
        await Eventually.FailsAsync(rig.ClaimAsync(), SandboxErrorId.EngineError);
        Assert.Equal(5, rig.Starts);
    }

    private static SandboxException Taken() => new(SandboxErrorId.EngineError, SandboxErrorCategory.ResourceExists, "The name is in use.");
}
