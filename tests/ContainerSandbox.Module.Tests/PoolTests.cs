using System.Text.RegularExpressions;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Templates and their pools on the real engine.</summary>
public sealed partial class PoolTests
{
    private static readonly string Image = Environment.GetEnvironmentVariable("CONTAINERSANDBOX_IMAGE") ?? "";

    [Fact]
    public void Template_GivesASpecializationItsOwnPool()
    {
        using var runspace = ModuleRunspace.OpenInitialized(
            $"-WarmupContainers 1 -Template @{{ python = @{{ Image = '{Image}'; WarmupContainers = 2; Memory = '128MB' }} }}");

        var pools = runspace.Run("Get-SandboxPool").NoErrors().Of<SandboxPoolInfo>();
        var environment = runspace.Run("New-AgentEnvironment a python").Single<AgentEnvironment>();
        var unknown = runspace.Run("New-AgentEnvironment b ruby; New-AgentEnvironment c ruby");

        Assert.Equal([("default", 1), ("python", 2)], pools.Select(pool => (pool.Specialization, pool.Ready)));
        Assert.Equal((StartupSource.Warm, "python", 128L << 20), (environment.StartupSource, environment.Template, environment.MemoryLimit));
        Assert.Equal(["default", "default"], unknown.NoErrors().Of<AgentEnvironment>().Select(each => each.Template));
        Assert.Contains("'ruby'", Assert.Single(unknown.Warnings));
        Assert.Equal("python", runspace.Run("Get-SandboxPool py*").Single<SandboxPoolInfo>().Specialization);
        Assert.StartsWith("SandboxPoolNotFound,", runspace.Run("Get-SandboxPool ruby").SingleError().FullyQualifiedErrorId);
    }

    [Fact]
    public void Template_WithoutItsImage_IsAWarningAndTheOthersServe()
    {
        TestEngine.Require();
        using var runspace = ModuleRunspace.Open();

        var result = runspace.Run(
            $"Initialize-Sandbox -WarmupContainers 1 -Template @{{ good = @{{ Image = '{Image}' }}; bad = @{{ Image = '127.0.0.1:1/none:1' }} }}").NoErrors();

        Assert.Contains("'bad'", Assert.Single(result.Warnings));
        Assert.Equal(StartupSource.Warm, runspace.Run("New-AgentEnvironment a good").Single<AgentEnvironment>().StartupSource);
        Assert.StartsWith("ImageNotFound,", runspace.Run("New-AgentEnvironment b bad").SingleError().FullyQualifiedErrorId);
    }

    [Fact]
    public async Task ImageName_ThatStandsForAnotherImage_IsFollowed()
    {
        TestEngine.Require();
        var name = $"containersandbox-test/moving:{Guid.NewGuid():N}";
        await TestEngine.TagAsync(Image, name);
        using (var runspace = ModuleRunspace.OpenInitialized($"-WarmupContainers 1 -Image '{name}'"))
        {
            var before = runspace.Sandbox.ImageId;
            var old = runspace.Run("New-AgentEnvironment old").Single<AgentEnvironment>();

            await TestEngine.CommitAsync(old.ContainerId, name);

            Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(
                runspace.Run("Get-Sandbox").Single<SandboxInfo>().ImageId != before
                && runspace.Run("Get-SandboxPool -Detailed").Single<SandboxPoolInfo>() is { Ready: 1, Creating: 0, Removing: 0 } pool
                && pool.Slots.All(slot => slot.Reason == "ready for a claim"))));
            var claimed = runspace.Run("New-AgentEnvironment new").Single<AgentEnvironment>();
            Assert.Equal((StartupSource.Warm, MissReason.None), (claimed.StartupSource, claimed.MissReason));
            Assert.Equal(runspace.Run("Get-Sandbox").Single<SandboxInfo>().ImageId, await TestEngine.ImageOfAsync(claimed.ContainerId));
            Assert.Equal(before, await TestEngine.ImageOfAsync(old.ContainerId));
            Assert.Equal(0, runspace.Run("Invoke-AgentCommand old true").Single<CommandResult>().ExitCode);
        }

        await TestEngine.RemoveImageAsync(name);
    }

    [Fact]
    public async Task Pools_AreMadeChangedAndRemovedLive()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");
        var id = runspace.Sandbox.SandboxId;

        var making = runspace.Run($"New-SandboxPool python '{Image}' -WarmupContainers 2 -Memory 128MB");
        var made = making.Single<SandboxPoolInfo>();
        Assert.Contains(making.Progress, record => record.Activity == "Filling the pool of 'python'");
        Assert.Equal(("python", 2, 128L << 20), (made.Specialization, made.Ready, made.Memory));
        var environment = runspace.Run("New-AgentEnvironment a python").Single<AgentEnvironment>();
        Assert.Equal(StartupSource.Warm, environment.StartupSource);

        var changed = runspace.Run("Get-SandboxPool python | Set-SandboxPool -WarmupContainers 1 -Memory 256MB -PassThru").Single<SandboxPoolInfo>();
        Assert.Equal((1, 256L << 20), (changed.Target, changed.Memory));
        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(
            runspace.Run("Get-SandboxPool python -Detailed").Single<SandboxPoolInfo>() is { Ready: 1, Creating: 0, Removing: 0 } pool
            && pool.Slots.All(slot => slot.Memory == 256L << 20))));

        var receipts = runspace.Run("Remove-SandboxPool *").NoErrors().Of<CleanupReceipt>();
        Assert.True(Assert.Single(receipts).Verified);
        Assert.Single(await TestEngine.ContainersOfAsync(id));
        Assert.Equal("fine\n", runspace.Run("Invoke-AgentCommand a 'echo fine'").Single<CommandResult>().StandardOutput);
        Assert.StartsWith("DefaultPoolRequired,", runspace.Run("Remove-SandboxPool default").SingleError().FullyQualifiedErrorId);
    }

    [Fact]
    public async Task WhatIf_ChangesNothing()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 1");
        var id = runspace.Sandbox.SandboxId;

        runspace.Run($"New-SandboxPool a '{Image}' -WhatIf; Set-SandboxPool -WarmupContainers 9 -WhatIf").NoErrors();

        Assert.Equal(("default", 1), runspace.Run("Get-SandboxPool").Single<SandboxPoolInfo>() is var pool ? (pool.Specialization, pool.Target) : default);
        Assert.Single(await TestEngine.ContainersOfAsync(id));
    }

    [Fact]
    public void Detailed_ShowsEachContainerAndWhyClaimsWereMissed()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 1 -Memory 512MB");
        runspace.Run("New-AgentEnvironment small -Memory 32MB").NoErrors();

        var pool = runspace.Run("Get-SandboxPool -Detailed").Single<SandboxPoolInfo>();
        runspace.Run("Get-SandboxPool -Detailed | Out-Default").NoErrors();

        Assert.Equal((SandboxSlotState.Ready, true), Assert.Single(pool.Slots) is var slot ? (slot.State, slot.CanServe) : default);
        Assert.Equal(("small", MissReason.MemoryBelowTmpfs, "Memory"), Assert.Single(pool.Misses) is var miss ? (miss.AgentId, miss.Reason, miss.Field) : default);
        var shown = Colour().Replace(runspace.Host.Text, "");
        Assert.Contains(slot.Name, shown);
        Assert.Contains("MemoryBelowTmpfs (Memory)", shown);
    }

    [Fact]
    public async Task PoolIdleTimeout_LetsThePoolRestUntilTheNextClaim()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 1 -PoolIdleTimeout 500ms");
        var id = runspace.Sandbox.SandboxId;

        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(
            runspace.Run("Get-SandboxPool").Single<SandboxPoolInfo>() is { State: PoolState.Idle, Ready: 0 })));
        Assert.True(await TestEngine.EventuallyAsync(async () => (await TestEngine.ContainersOfAsync(id)).Length == 0));
        var environment = runspace.Run("New-AgentEnvironment a").Single<AgentEnvironment>();

        Assert.Equal((StartupSource.Cold, MissReason.PoolIdle), (environment.StartupSource, environment.MissReason));
        Assert.Equal(MissReason.PoolIdle, runspace.Run("Get-SandboxPool").Single<SandboxPoolInfo>().LastMissReason);
        Assert.True(await TestEngine.EventuallyAsync(async () => (await TestEngine.ContainersOfAsync(id)).Length == 2));
    }

    [Fact]
    public void WithoutCaching_AnImageThatIsThereIsPulledAllTheSame()
    {
        TestEngine.Require();
        using var runspace = ModuleRunspace.Open();

        // No registry has the image of the tests, so that the pull shows by its failure. An identity needs none.
        var error = runspace.Run("Initialize-Sandbox -EnableImageCaching $false").SingleError();
        var sandbox = runspace.Run("Initialize-Sandbox -WarmupContainers 0 -Name cached").Single<SandboxInfo>();
        var byIdentity = runspace.Run($"Initialize-Sandbox -EnableImageCaching $false -Image {sandbox.ImageId} -Name identity -WarmupContainers 1").Single<SandboxInfo>();

        Assert.StartsWith("ImageNotFound,", error.FullyQualifiedErrorId);
        Assert.Equal((sandbox.ImageId, 1), (byIdentity.ImageId, byIdentity.Ready));
    }

    [Fact]
    public void ImageOfAClaim_IsAColdStartUnlessItIsTheSame()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 1");

        Assert.Equal(StartupSource.Warm, runspace.Run($"New-AgentEnvironment a -Image '{Image}'").Single<AgentEnvironment>().StartupSource);
        Assert.StartsWith("ImageNotFound,", runspace.Run("New-AgentEnvironment b -Image 127.0.0.1:1/none:1").SingleError().FullyQualifiedErrorId);
    }

    [GeneratedRegex("\\e\\[[0-9;]*m")]
    private static partial Regex Colour();
}
