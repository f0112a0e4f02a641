using System.Management.Automation;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>New-, Get- and Remove-AgentEnvironment on the real engine.</summary>
public sealed class EnvironmentTests
{
    [Fact]
    public void New_FromTableRows_MakesNineAndReportsTheBadOne()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 2");
        runspace.Set("rows", Enumerable.Range(0, 10).Select(Row).ToArray());

        var result = runspace.Run("$rows | New-AgentEnvironment");

        Assert.Equal(9, result.Output.Count);
        Assert.StartsWith("ParameterArgumentTransformationError,", result.SingleError().FullyQualifiedErrorId);
        var environments = result.Of<AgentEnvironment>();
        var first = environments.Single(environment => environment.AgentId == "agent-1");
        Assert.Equal(("planner", 128L << 20, 0.5, 32), (first.Specialization, first.MemoryLimit, first.CpuLimit, first.PidsLimit));
        Assert.Equal("team=blue;tier=1", first.Tags);
        Assert.Equal(9, environments.Select(environment => environment.EnvironmentId).Distinct().Count());
        var values = runspace.Run("Invoke-AgentCommand agent-1 'echo $MODE'").Single<CommandResult>();
        Assert.Equal("fast\n", values.StandardOutput);
    }

    [Fact]
    public void New_WithEmptyCells_TakesDefaultsAndMakesAnId()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 1 -Memory 256MB");
        runspace.Set("row", Object(
            ("AgentId", ""), ("Specialization", ""), ("Memory", ""), ("Cpu", ""), ("PidsLimit", ""), ("EnvironmentVariable", ""), ("Tag", ""), ("Sandbox", "")));

        var environment = runspace.Run("$row | New-AgentEnvironment").Single<AgentEnvironment>();

        Assert.NotEmpty(environment.AgentId);
        Assert.Equal((256L << 20, 1.0, 256, ""), (environment.MemoryLimit, environment.CpuLimit, environment.PidsLimit, environment.Tags));
    }

    [Fact]
    public void New_OfATakenOrInvalidId_IsAnErrorOfThatItem()
    {
        using var runspace = ModuleRunspace.OpenInitialized();
        runspace.Set("rows", new[] { "good", "GOOD", "no good", "other" }.Select(id => Object(("AgentId", id))).ToArray());

        var result = runspace.Run("$rows | New-AgentEnvironment");

        Assert.Equal(["good", "other"], result.Of<AgentEnvironment>().Select(environment => environment.AgentId));
        Assert.Equal(2, result.Errors.Count);
        AssertError(result.Errors[0], "AgentEnvironmentExists", ErrorCategory.ResourceExists, "GOOD");
        AssertError(result.Errors[1], "InvalidAgentId", ErrorCategory.InvalidArgument, "no good");
    }

    [Theory]
    [InlineData("New-AgentEnvironment a -WhatIf")]
    [InlineData("Remove-AgentEnvironment present -WhatIf")]
    [InlineData("Remove-AgentEnvironment * -WhatIf")]
    [InlineData("Invoke-AgentCommand present 'touch /workspace/done' -WhatIf")]
    [InlineData("Remove-Sandbox -WhatIf")]
    [InlineData("Initialize-Sandbox -Force -WhatIf")]
    [InlineData("Initialize-Sandbox -Name other -WhatIf")]
    public void WhatIf_ChangesNothing(string script)
    {
        using var runspace = ModuleRunspace.OpenInitialized();
        runspace.Run("New-AgentEnvironment present").NoErrors();

        var result = runspace.Run(script).NoErrors();

        Assert.Empty(result.Output);
        Assert.Contains("What if:", runspace.Host.Text);
        Assert.Equal(runspace.Sandbox.SandboxId, runspace.Run("Get-Sandbox").Single<SandboxInfo>().SandboxId);
        Assert.Equal("present", runspace.Run("Get-AgentEnvironment").Single<AgentEnvironment>().AgentId);
        Assert.Equal("", runspace.Run("Invoke-AgentCommand present 'ls /workspace'").Single<CommandResult>().StandardOutput);
    }

    [Fact]
    public void Get_TakesWildcardsAndNamesWhatIsMissing()
    {
        using var runspace = ModuleRunspace.OpenInitialized();
        runspace.Run("'red-1', 'red-2', 'blue-1' | ForEach-Object { New-AgentEnvironment $_ }").NoErrors();

        Assert.Equal(["red-1", "red-2"], Ids(runspace.Run("Get-AgentEnvironment RED*").NoErrors()));
        Assert.Equal(["red-1", "blue-1"], Ids(runspace.Run("Get-AgentEnvironment *-1").NoErrors()));
        Assert.Empty(runspace.Run("Get-AgentEnvironment green*").NoErrors().Output);
        Assert.Equal(["red-1", "red-2", "blue-1"], Ids(runspace.Run("Get-AgentEnvironment").NoErrors()));
        var mixed = runspace.Run("Get-AgentEnvironment red-2, green");
        Assert.Equal(["red-2"], Ids(mixed));
        AssertError(mixed.SingleError(), "AgentEnvironmentNotFound", ErrorCategory.ObjectNotFound, "green");
    }

    [Fact]
    public async Task Remove_ByWildcardAndByPipeline_EmitsReceipts()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");
        runspace.Run("'red-1', 'red-2', 'blue-1', 'blue-2' | ForEach-Object { New-AgentEnvironment $_ }").NoErrors();

        var red = runspace.Run("Remove-AgentEnvironment red*, *-2 -GracePeriod 0 -ThrottleLimit 2").NoErrors().Of<CleanupReceipt>();
        var blue = runspace.Run("Get-AgentEnvironment | Remove-AgentEnvironment").NoErrors().Of<CleanupReceipt>();

        Assert.Equal(["blue-2", "red-1", "red-2"], red.Select(receipt => receipt.AgentId).Order());
        Assert.Equal("blue-1", Assert.Single(blue).AgentId);
        Assert.All(red.Concat(blue), receipt => Assert.Equal((CleanupKind.Environment, true), (receipt.Kind, receipt.Verified)));
        Assert.Empty(await TestEngine.ContainersOfAsync(runspace.Sandbox.SandboxId));
        Assert.Empty(runspace.Run("Remove-AgentEnvironment *").NoErrors().Output);
        AssertError(
            runspace.Run("Remove-AgentEnvironment red-1").SingleError(), "AgentEnvironmentNotFound", ErrorCategory.ObjectNotFound, "red-1");
    }

    [Theory]
    [InlineData("$old | Remove-AgentEnvironment")]
    [InlineData("$old | Invoke-AgentCommand -Command 'true'")]
    public void OldObject_OfAnIdThatIsUsedAgain_IsRefused(string script)
    {
        using var runspace = ModuleRunspace.OpenInitialized();
        runspace.Run("$old = New-AgentEnvironment again; $null = Remove-AgentEnvironment again; $new = New-AgentEnvironment again").NoErrors();

        AssertError(runspace.Run(script).SingleError(), "AgentEnvironmentReplaced", ErrorCategory.InvalidOperation, "again");

        Assert.Equal("again", runspace.Run("$new | Invoke-AgentCommand -Command 'true'").Single<CommandResult>().AgentId);
    }

    [Fact]
    public async Task Environment_WhoseContainerWasKilled_IsLost()
    {
        using var runspace = ModuleRunspace.OpenInitialized();
        var environment = runspace.Run("New-AgentEnvironment victim").Single<AgentEnvironment>();

        await TestEngine.KillAsync(environment.ContainerId);

        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(
            runspace.Run("Get-AgentEnvironment victim").Single<AgentEnvironment>().State == AgentEnvironmentState.Lost)));
        AssertError(
            runspace.Run("Invoke-AgentCommand victim 'true'").SingleError(), "AgentEnvironmentLost", ErrorCategory.ResourceUnavailable, "victim");
        Assert.Equal("victim", runspace.Run("Remove-AgentEnvironment victim").Single<CleanupReceipt>().AgentId);
    }

    [Fact]
    public void Health_IsCheckedInOrder_OrAsOneAnswer()
    {
        using var runspace = ModuleRunspace.OpenInitialized();
        Assert.False(runspace.Run("Test-SandboxHealth -Quiet").Single<bool>());
        runspace.Run("'a', 'b', 'c' | ForEach-Object { New-AgentEnvironment $_ }").NoErrors();

        var results = runspace.Run("Test-SandboxHealth").NoErrors().Of<HealthResult>();

        Assert.Equal(["a", "b", "c"], results.Select(result => result.AgentId));
        Assert.All(results, result => Assert.Equal(HealthStatus.Healthy, result.Status));
        Assert.Equal("b", runspace.Run("Get-AgentEnvironment b | Test-SandboxHealth").Single<HealthResult>().AgentId);
        Assert.True(runspace.Run("Test-SandboxHealth -Quiet").Single<bool>());
        Assert.True(runspace.Run("Test-SandboxHealth [ab] -Quiet").Single<bool>());
        var missing = runspace.Run("Test-SandboxHealth a, nosuch -Quiet");
        Assert.False(Assert.IsType<bool>(Assert.Single(missing.Output).BaseObject));
        AssertError(missing.SingleError(), "AgentEnvironmentNotFound", ErrorCategory.ObjectNotFound, "nosuch");
    }

    [Fact]
    public void Metrics_AreShownForAgentsOrTheWhole()
    {
        using var runspace = ModuleRunspace.OpenInitialized();
        runspace.Run("'a', 'b' | ForEach-Object { New-AgentEnvironment $_ }; $null = Invoke-AgentCommand a 'exit 3'").NoErrors();

        var metrics = runspace.Run("Get-SandboxMetrics").NoErrors().Of<PerformanceMetrics>();
        var summary = runspace.Run("Get-SandboxMetrics -Summary").Single<SandboxSummary>();

        Assert.Equal(["a", "b"], metrics.Select(each => each.AgentId));
        Assert.Equal((1, 1.0), (metrics[0].Commands, metrics[0].NonZeroExitRate));
        Assert.Equal("b", runspace.Run("Get-SandboxMetrics B").Single<PerformanceMetrics>().AgentId);
        Assert.Equal("a", runspace.Run("Get-AgentEnvironment a | Get-SandboxMetrics").Single<PerformanceMetrics>().AgentId);
        Assert.Equal((2, 2L, 1L), (summary.Environments, summary.Claims, summary.Commands));
        AssertError(
            runspace.Run("Get-SandboxMetrics nosuch").SingleError(), "AgentEnvironmentNotFound", ErrorCategory.ObjectNotFound, "nosuch");
    }

    private static PSObject Row(int index) => Object(
        ("AgentId", $"agent-{index}"),
        ("Specialization", "planner"),
        ("Memory", index == 5 ? "plenty" : "128m"),
        ("Cpu", "500m"),
        ("PidsLimit", "32"),
        ("EnvironmentVariable", "MODE=fast"),
        ("Tag", $"team=blue;tier={index}"),
        ("Unknown", "ignored"));

    private static PSObject Object(params (string Name, object Value)[] properties)
    {
        var result = new PSObject();
        foreach (var (name, value) in properties)
            result.Properties.Add(new PSNoteProperty(name, value));
        return result;
    }

    private static IEnumerable<string> Ids(ScriptResult result) => result.Of<AgentEnvironment>().Select(environment => environment.AgentId);

    private static void AssertError(ErrorRecord error, string id, ErrorCategory category, object target)
    {
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal(target, error.TargetObject);
    }
}
