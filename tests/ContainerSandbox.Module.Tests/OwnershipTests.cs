using System.Diagnostics;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Whose a sandbox is, and what ends with whom.</summary>
public sealed class OwnershipTests
{
    [Fact]
    public async Task RemoveModule_InTheOwner_RemovesAndWarns()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-Name mine");
        runspace.Run("New-AgentEnvironment a").NoErrors();
        var id = runspace.Sandbox.SandboxId;
        var watch = Stopwatch.StartNew();

        runspace.Run("Remove-Module ContainerSandbox").NoErrors();

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), watch.Elapsed.ToString());
        Assert.Empty(await TestEngine.ContainersOfAsync(id));
        Assert.Contains("WARNING: ", runspace.Host.Text);
        Assert.Contains("'mine'", runspace.Host.Text);
    }

    [Fact]
    public async Task ImportWithForce_InTheOwner_RemovesWarnsAndWorksAgain()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-Name mine");
        var id = runspace.Sandbox.SandboxId;

        runspace.Run($"Import-Module '{Repository.Manifest}' -Force").NoErrors();

        Assert.Empty(await TestEngine.ContainersOfAsync(id));
        Assert.Contains("'mine'", runspace.Host.Text);
        Assert.Equal("mine", runspace.Run("Initialize-Sandbox -Name mine -WarmupContainers 0").Single<SandboxInfo>().Name);
        Assert.Equal("a", runspace.Run("New-AgentEnvironment a").Single<AgentEnvironment>().AgentId);
    }

    [Fact]
    public void ImportWithForce_WithoutSandboxes_SaysNothing()
    {
        using var runspace = ModuleRunspace.Open();

        runspace.Run($"Import-Module '{Repository.Manifest}' -Force").NoErrors();

        Assert.DoesNotContain("WARNING", runspace.Host.Text);
        Assert.Equal(ModuleAssembly.Cmdlets.Count, runspace.Run("Get-Command -Module ContainerSandbox").NoErrors().Output.Count);
    }

    [Fact]
    public async Task RunspaceClose_InTheOwner_Removes()
    {
        var runspace = ModuleRunspace.OpenInitialized();
        runspace.Run("New-AgentEnvironment a").NoErrors();
        var id = runspace.Sandbox.SandboxId;
        Assert.NotEmpty(await TestEngine.ContainersOfAsync(id));
        var watch = Stopwatch.StartNew();

        runspace.Dispose();

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), watch.Elapsed.ToString());
        Assert.Empty(await TestEngine.ContainersOfAsync(id));
    }

    [Fact]
    public async Task AnotherRunspace_UsesItByReference_AndItsEndTouchesNothing()
    {
        using var owner = ModuleRunspace.OpenInitialized();
        var id = owner.Sandbox.SandboxId;

        using (var guest = ModuleRunspace.Open())
        {
            guest.Set("sandbox", owner.Sandbox);
            Assert.Empty(guest.Run("Get-Sandbox").NoErrors().Output);
            Assert.Equal("guest", guest.Run("New-AgentEnvironment guest -Sandbox $sandbox").Single<AgentEnvironment>().AgentId);
            Assert.Equal("hi\n", guest.Run("Invoke-AgentCommand guest 'echo hi' -Sandbox $sandbox").Single<CommandResult>().StandardOutput);
            guest.Run("Remove-Module ContainerSandbox").NoErrors();
            Assert.DoesNotContain("WARNING", guest.Host.Text);
        }

        Assert.NotEmpty(await TestEngine.ContainersOfAsync(id));
        Assert.Equal("guest", owner.Run("Get-AgentEnvironment").Single<AgentEnvironment>().AgentId);
    }

    [Fact]
    public void Name_OfAnotherRunspacesSandbox_IsUnknownHere()
    {
        using var owner = ModuleRunspace.OpenInitialized("-Name mine -WarmupContainers 0");
        using var guest = ModuleRunspace.OpenInitialized("-Name mine -WarmupContainers 0");

        Assert.NotEqual(owner.Sandbox.SandboxId, guest.Sandbox.SandboxId);
        owner.Run("New-AgentEnvironment a -Sandbox mine").NoErrors();

        Assert.Empty(guest.Run("Get-AgentEnvironment -Sandbox mine").NoErrors().Output);
    }

    [Fact]
    public void Sandbox_ThatAnotherRunspaceRemoved_IsForgotten()
    {
        using var owner = ModuleRunspace.OpenInitialized("-WarmupContainers 0");
        using var guest = ModuleRunspace.Open();

        guest.Set("sandbox", owner.Sandbox).Run("Remove-Sandbox -Sandbox $sandbox").NoErrors();

        Assert.Empty(owner.Run("Get-Sandbox").NoErrors().Output);
        Assert.StartsWith("SandboxNotInitialized,", owner.Run("New-AgentEnvironment a").SingleError().FullyQualifiedErrorId);
    }
}
