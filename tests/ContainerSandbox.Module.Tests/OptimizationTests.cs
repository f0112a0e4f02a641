using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Get-SandboxRecommendation and Optimize-Sandbox on the real engine.</summary>
public sealed class OptimizationTests
{
    [Fact]
    public async Task UsedUpMemory_BringsMore_WhichTheContainerHasAtOnce()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-Memory 64MB");
        runspace.Run("$null = New-AgentEnvironment a; $null = Invoke-AgentCommand a 'tail /dev/zero' -TimeoutSeconds 60").NoErrors();
        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(
            runspace.Run("Get-SandboxRecommendation a -Kind MemoryLimit").NoErrors().Output.Count == 1)));

        Assert.Empty(runspace.Run("Get-SandboxRecommendation a -Kind MemoryLimit | Optimize-Sandbox -WhatIf").NoErrors().Output);
        Assert.Equal(64L << 20, runspace.Run("Get-AgentEnvironment a").Single<AgentEnvironment>().MemoryLimit);
        var done = runspace.Run("Get-SandboxRecommendation a | Optimize-Sandbox -Kind MemoryLimit").Single<SandboxOptimization>();
        Assert.Equal(("67108864", "100663296"), (done.ValueBefore, done.ValueAfter));
        Assert.Equal(96L << 20, runspace.Run("Get-AgentEnvironment a").Single<AgentEnvironment>().MemoryLimit);
        Assert.Equal(96L << 20, runspace.Run("Measure-Sandbox a").Single<ResourceSample>().MemoryLimit);
        Assert.NotNull(runspace.Run("Get-SandboxMetrics a").Single<PerformanceMetrics>().LastOptimized);
        Assert.Empty(runspace.Run("Get-SandboxRecommendation a -Kind MemoryLimit").NoErrors().Output);
        Assert.Equal(0, runspace.Run("Invoke-AgentCommand a 'true'").Single<CommandResult>().ExitCode);

        Assert.Equal("67108864", runspace.Run("Optimize-Sandbox -Undo").Single<SandboxOptimization>().ValueAfter);
        Assert.Equal(64L << 20, runspace.Run("Measure-Sandbox a").Single<ResourceSample>().MemoryLimit);
        Assert.Equal(2, runspace.Run("Get-SandboxEvent a -Kind Optimized").NoErrors().Output.Count);
    }

    [Fact]
    public async Task LostEnvironment_IsReplaced_AndOneInUseOnlyWithReplace()
    {
        using var runspace = ModuleRunspace.OpenInitialized();
        var lost = runspace.Run("New-AgentEnvironment a -PidsLimit 100").Single<AgentEnvironment>();
        var inUse = runspace.Run(
            "[ContainerSandbox.SandboxRecommendation]$held = @{ SandboxId = (Get-Sandbox).SandboxId; Kind = 'ReplaceEnvironment'; AgentId = 'a'; "
            + $"EnvironmentId = '{lost.EnvironmentId}'; Setting = 'Environment'; RecommendedValue = 'new'; Reason = 'r'; ExpectedEffect = 'e'; Evidence = 'e' }}; $held | Optimize-Sandbox -WarningAction SilentlyContinue");
        Assert.Empty(inUse.NoErrors().Output);
        await TestEngine.KillAsync(lost.ContainerId);
        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(
            runspace.Run("Get-SandboxRecommendation a -Kind ReplaceEnvironment").NoErrors().Output.Count == 1)));

        var done = runspace.Run("Optimize-Sandbox -Kind ReplaceEnvironment").Single<SandboxOptimization>();

        var now = runspace.Run("Get-AgentEnvironment a").Single<AgentEnvironment>();
        Assert.Equal((lost.EnvironmentId, now.EnvironmentId, 100), (done.ValueBefore, done.ValueAfter, now.PidsLimit));
        Assert.Equal(0, runspace.Run("Invoke-AgentCommand a 'true'").Single<CommandResult>().ExitCode);
    }

    [Fact]
    public void WithoutOptimization_NothingIsRecommendedAndAWarningSaysSo()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-OptimizationEnabled $false");
        Assert.Empty(runspace.Run("Get-SandboxRecommendation").NoErrors().Output);
        Assert.Contains("without optimization", runspace.Run("Optimize-Sandbox 3>&1").NoErrors().Output[0].ToString());
        Assert.Contains("without optimization", runspace.Run("Start-SandboxMonitor -AutoOptimize 3>&1").NoErrors().Output[0].ToString());
    }

    [Fact]
    public void Monitor_SaysWhenItGoesOnWithoutWhatWasAskedFor()
    {
        using var runspace = ModuleRunspace.OpenInitialized();
        Assert.False(runspace.Run("Start-SandboxMonitor").Single<SandboxMonitorInfo>().AutoOptimize);
        Assert.Contains("goes on as it is", runspace.Run("Start-SandboxMonitor -AutoOptimize 3>&1").NoErrors().Output[0].ToString());
        Assert.True(runspace.Run("Stop-SandboxMonitor; Start-SandboxMonitor -AutoOptimize").Single<SandboxMonitorInfo>().AutoOptimize);
    }

    [Fact]
    public void Recommendations_MayBeRowsOfAFile_AndSandboxesComeFromThePipeline()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 1");
        Assert.Empty(runspace.Run("Get-Sandbox | Optimize-Sandbox; Get-Sandbox | Get-SandboxRecommendation").NoErrors().Output);
        runspace.Set("item", Samples.Of(nameof(SandboxRecommendation))).Run(
            "$row = [ordered]@{}; foreach ($each in $item.psobject.Properties) { $row[$each.Name] = [string]$each.Value }; "
            + "$row.AgentId = ''; $row.Kind = 'PoolTarget'; $row.Setting = 'WarmupContainers'; $row.Specialization = 'default'; "
            + "$row.SandboxId = (Get-Sandbox).SandboxId; $row.RecommendedValue = '2'").NoErrors();
        var done = runspace.Run("[pscustomobject]$row | Optimize-Sandbox").Single<SandboxOptimization>();
        Assert.Equal(("1", "2"), (done.ValueBefore, done.ValueAfter));
        Assert.Equal(2, runspace.Run("Get-SandboxPool").Single<SandboxPoolInfo>().Target);
        Assert.StartsWith(
            "InvalidRecommendation,",
            runspace.Run("$row.RecommendedValue = 'many'; [pscustomobject]$row | Optimize-Sandbox").SingleError().FullyQualifiedErrorId);
    }

    [Fact]
    public async Task Monitor_LetsAnEmptyPoolGrowByItself()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 1");
        runspace.Run("$null = Start-SandboxMonitor -IntervalSeconds 500ms -MaximumWarmupContainers 3").NoErrors();
        runspace.Run("$null = 1..12 | ForEach-Object { [pscustomobject]@{ AgentId = \"a$_\" } } | New-AgentEnvironment").NoErrors();
        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(
            runspace.Run("Get-SandboxPool").Single<SandboxPoolInfo>().Target == 3)));
        Assert.Contains("by the monitor", runspace.Run("Get-SandboxEvent -Kind Optimized").Single<SandboxEvent>().Cause);
    }

    [Theory]
    [InlineData("Get-SandboxRecommendation -EfficiencyThreshold 2")]
    [InlineData("Get-SandboxRecommendation -StartupThreshold soon")]
    [InlineData("Get-SandboxRecommendation -Kind nosuch")]
    [InlineData("Optimize-Sandbox -Undo -Replace")]
    public void BadInput_IsRefused(string script)
    {
        using var runspace = ModuleRunspace.Open();
        Assert.NotNull(runspace.Run(script).SingleError());
    }
}
