using System.Management.Automation;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Initialize-, Get- and Remove-Sandbox on the real engine.</summary>
public sealed class SandboxTests
{
    [Fact]
    public async Task Initialize_FillsThePoolAndDescribesIt()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 2 -Memory 256MB -Cpu 500m -PidsLimit '64'");

        var sandbox = runspace.Sandbox;

        Assert.Matches("^[0-9a-f]{8}$", sandbox.SandboxId);
        Assert.Equal(("default", true, SandboxState.Ready, 2, 0), (sandbox.Name, sandbox.IsDefault, sandbox.State, sandbox.Ready, sandbox.Environments));
        Assert.Equal((256L << 20, 0.5, 64), (sandbox.Memory, sandbox.Cpu, sandbox.PidsLimit));
        Assert.Equal(Environment.GetEnvironmentVariable("CONTAINERSANDBOX_IMAGE"), sandbox.Image);
        Assert.Equal(2, (await TestEngine.ContainersOfAsync(sandbox.SandboxId)).Length);
    }

    [Fact]
    public void Initialize_OfTheSameName_IsAnErrorUnlessForced()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-Name twin -WarmupContainers 0");

        var error = runspace.Run("Initialize-Sandbox -Name TWIN").SingleError();

        Assert.StartsWith("SandboxExists,", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ResourceExists, error.CategoryInfo.Category);
        Assert.Equal("TWIN", error.TargetObject);
    }

    [Fact]
    public async Task Initialize_WithForce_RemovesTheOldOneFirst()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-Name twin");
        var old = runspace.Sandbox.SandboxId;

        var replaced = runspace.Run("Initialize-Sandbox -Name twin -WarmupContainers 0 -Force").Single<SandboxInfo>();

        Assert.NotEqual(old, replaced.SandboxId);
        Assert.Empty(await TestEngine.ContainersOfAsync(old));
        Assert.Equal(replaced.SandboxId, runspace.Run("Get-Sandbox").Single<SandboxInfo>().SandboxId);
    }

    [Fact]
    public void Newest_IsTheDefault_AndAfterItTheNextNewest()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-Name one -WarmupContainers 0");
        runspace.Run("Initialize-Sandbox -Name two -WarmupContainers 0").NoErrors();

        Assert.Equal(
            [("one", false), ("two", true)],
            runspace.Run("Get-Sandbox").NoErrors().Of<SandboxInfo>().Select(sandbox => (sandbox.Name, sandbox.IsDefault)));
        runspace.Run("Remove-Sandbox two").NoErrors();
        Assert.Equal(("one", true), runspace.Run("Get-Sandbox").Single<SandboxInfo>() is var left ? (left.Name, left.IsDefault) : default);
    }

    [Fact]
    public void Get_TakesWildcards()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-Name alpha -WarmupContainers 0");
        runspace.Run("Initialize-Sandbox -Name beta -WarmupContainers 0").NoErrors();

        Assert.Equal("alpha", runspace.Run("Get-Sandbox a*").Single<SandboxInfo>().Name);
        Assert.Equal(["alpha", "beta"], runspace.Run("Get-Sandbox beta, ALPHA").NoErrors().Of<SandboxInfo>().Select(sandbox => sandbox.Name));
    }

    [Theory]
    [InlineData("Remove-Sandbox -GracePeriod 0")]
    [InlineData("Remove-Sandbox default")]
    [InlineData("Remove-Sandbox def*")]
    [InlineData("Remove-Sandbox -Sandbox $sandbox")]
    [InlineData("$sandbox | Remove-Sandbox")]
    [InlineData("Get-Sandbox | Remove-Sandbox")]
    public async Task Remove_EmitsAReceiptForEachContainer(string script)
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");
        var id = runspace.Sandbox.SandboxId;
        runspace.Run("'a', 'b' | ForEach-Object { New-AgentEnvironment $_ }").NoErrors();

        var receipts = runspace.Run(script).NoErrors().Of<CleanupReceipt>();

        Assert.Equal(["a", "b"], receipts.Select(receipt => receipt.AgentId).Order());
        Assert.All(receipts, receipt => Assert.True(receipt.Verified));
        Assert.Empty(await TestEngine.ContainersOfAsync(id));
        Assert.Empty(runspace.Run("Get-Sandbox").NoErrors().Output);
    }

    [Fact]
    public void Reference_IsAnObjectAnIdOrAName()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-Name one -WarmupContainers 0");
        runspace.Run("$two = Initialize-Sandbox -Name two -WarmupContainers 0").NoErrors();
        runspace.Run("$environment = New-AgentEnvironment a -Sandbox one").NoErrors();

        foreach (var reference in new[] { "$sandbox", "$sandbox.SandboxId", "one", "ONE", "$environment" })
            Assert.Equal("a", runspace.Run($"Get-AgentEnvironment -Sandbox {reference}").Single<AgentEnvironment>().AgentId);
        Assert.Equal("a", runspace.Run("$sandbox | Get-AgentEnvironment").Single<AgentEnvironment>().AgentId);
        Assert.Empty(runspace.Run("Get-AgentEnvironment -Sandbox $two").NoErrors().Output);
    }

    [Fact]
    public void OptimizationTurnedOff_MakesEveryClaimCold()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-OptimizationEnabled $false -EnableParallelStartup $false");

        var environment = runspace.Run("New-AgentEnvironment").Single<AgentEnvironment>();

        Assert.Equal((StartupSource.Cold, MissReason.OptimizationDisabled), (environment.StartupSource, environment.MissReason));
    }

    [Fact]
    public void Pool_IsShown()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 2");

        var pool = runspace.Run("Get-SandboxPool").Single<SandboxPoolInfo>();

        Assert.Equal((2, 2, PoolState.Ready), (pool.Target, pool.Ready, pool.State));
        Assert.Equal(pool, runspace.Run("$sandbox | Get-SandboxPool").Single<SandboxPoolInfo>());
    }

    [Fact]
    public void Verbose_TellsWhatTheEngineSays()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");

        var quiet = runspace.Run("Initialize-Sandbox -Name quiet -WarmupContainers 0").NoErrors();
        var told = runspace.Run("Initialize-Sandbox -Name told -WarmupContainers 0 -Verbose").NoErrors();

        Assert.Empty(quiet.Verbose);
        Assert.Contains(told.Verbose, message => message.Contains(Environment.GetEnvironmentVariable("DOCKER_HOST")!, StringComparison.Ordinal));
    }

    [Fact]
    public void Progress_EndsCompleted()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");

        var progress = runspace.Run("Initialize-Sandbox -Name watched -WarmupContainers 3").NoErrors().Progress;

        Assert.NotEmpty(progress);
        Assert.All(
            progress.GroupBy(record => record.Activity),
            records => Assert.Equal(ProgressRecordType.Completed, records.Last().RecordType));
    }
}
