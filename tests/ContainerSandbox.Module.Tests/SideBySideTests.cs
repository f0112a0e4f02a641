using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Several sandboxes and several owners on one engine: the end of one is nobody else's.</summary>
public sealed class SideBySideTests
{
    [Fact]
    public async Task TwoSandboxes_OnOneEngine_RemovalOfOneTouchesNothingOfTheOther()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-Name one -WarmupContainers 1");
        var one = runspace.Sandbox.SandboxId;
        var two = runspace.Run("Initialize-Sandbox -Name two -WarmupContainers 1").Single<SandboxInfo>().SandboxId;
        runspace.Run("New-AgentEnvironment same -Sandbox one; New-AgentEnvironment same -Sandbox two").NoErrors();

        var receipts = runspace.Run("Remove-Sandbox two").NoErrors().Of<CleanupReceipt>();

        Assert.All(receipts, receipt => Assert.Equal((two, true), (receipt.SandboxId, receipt.Verified)));
        Assert.Empty(await TestEngine.ContainersOfAsync(two));
        Assert.NotEmpty(await TestEngine.ContainersOfAsync(one));
        Assert.Equal("here\n", runspace.Run("Invoke-AgentCommand same 'echo here'").Single<CommandResult>().StandardOutput);
    }

    [Fact]
    public async Task TwoOwners_DeathOfOne_TouchesNothingOfTheOther_NorDoesTheNextInitialization()
    {
        using var survivor = ModuleRunspace.OpenInitialized("-Name side-survivor -WarmupContainers 1");
        var id = survivor.Sandbox.SandboxId;
        survivor.Run("New-AgentEnvironment a").NoErrors();
        using var other = OtherOwner.Start(
            "$null = Initialize-Sandbox -Name side-dying -WarmupContainers 1; $null = New-AgentEnvironment a; [Console]::WriteLine('ready'); [Threading.Thread]::Sleep(-1)");
        await other.ReadLineAsync();

        await other.KillAsync();

        Assert.True(await TestEngine.EventuallyAsync(async () => (await TestEngine.RunningOfNameAsync("side-dying")).Length == 0));
        survivor.Run("$null = Initialize-Sandbox -Name side-next -WarmupContainers 0").NoErrors();
        Assert.Empty(await TestEngine.ContainersOfNameAsync("side-dying"));
        Assert.NotEmpty(await TestEngine.ContainersOfAsync(id));
        Assert.Equal("here\n", survivor.Run("Invoke-AgentCommand a 'echo here' -Sandbox side-survivor").Single<CommandResult>().StandardOutput);
    }

    [Fact]
    public async Task Process_ThatEndsWithoutRemovingItsSandbox_LeavesNothing()
    {
        TestEngine.Require();

        await FreshProcess.RunAsync("$null = Initialize-Sandbox -Name side-exit -WarmupContainers 2; $null = New-AgentEnvironment a; $null = Invoke-AgentCommand a '(setsid sleep 600 &)'");

        Assert.True(await TestEngine.EventuallyAsync(async () => (await TestEngine.ContainersOfNameAsync("side-exit")).Length == 0));
    }

    [Fact]
    public async Task Health_OfAnEnvironmentThatWasReplaced_IsAnErrorAndNotThatOfTheNewOne()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");
        runspace.Run("$old = New-AgentEnvironment a; $null = Remove-AgentEnvironment a; $null = New-AgentEnvironment a").NoErrors();

        Assert.StartsWith("AgentEnvironmentReplaced,", runspace.Run("$old | Test-SandboxHealth").SingleError().FullyQualifiedErrorId);
        var current = runspace.Run("Get-AgentEnvironment a").Single<AgentEnvironment>().EnvironmentId;
        Assert.Equal(current, Check().EnvironmentId);

        // At once it may be slow: its spare session is just being opened.
        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(Check().Status == HealthStatus.Healthy)));

        HealthResult Check() => runspace.Run("Get-AgentEnvironment | Test-SandboxHealth").Single<HealthResult>();
    }
}
