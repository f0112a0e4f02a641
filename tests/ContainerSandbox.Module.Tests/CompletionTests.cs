using System.Collections.ObjectModel;
using System.Management.Automation;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>What Tab offers, from memory alone.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("Invoke-AgentCommand ")]
    [InlineData("Get-Sandbox ")]
    [InlineData("New-AgentEnvironment a -Specialization ")]
    [InlineData("Get-AgentEnvironment -Sandbox nosuch -AgentId ")]
    public void WithoutSandbox_NothingOfOursIsOffered(string input)
    {
        using var runspace = ModuleRunspace.Open();

        Assert.DoesNotContain(Complete(runspace, input), match => match.ResultType == CompletionResultType.ParameterValue);
    }

    [Fact]
    public void Image_IsOfferedBeforeInitialization()
    {
        using var runspace = ModuleRunspace.Open();

        Assert.Contains(
            Complete(runspace, "Initialize-Sandbox -Image "),
            match => match.ListItemText == (Environment.GetEnvironmentVariable("CONTAINERSANDBOX_IMAGE") ?? "debian:stable-slim"));
    }

    [Fact]
    public void Openers_AreOfferedBeforeInitialization()
    {
        using var runspace = ModuleRunspace.Open();

        Assert.Equal(["Isolated", "None"], Texts(runspace, "Initialize-Sandbox -Network "));
        Assert.Equal(["Isolated"], Texts(runspace, "New-AgentEnvironment a -Network I"));
        Assert.Equal(["SYS_PACCT", "SYS_PTRACE"], Texts(runspace, "New-SandboxPool a b -AddCapability KILL,SYS_P"));
    }

    [Fact]
    public async Task KnownNames_AreOfferedWithoutAskingTheEngine()
    {
        TestEngine.Require();
        await using var proxy = EngineProxy.Start();
        using var runspace = ModuleRunspace.OpenInitialized($"-Name 'my sandbox' -WarmupContainers 0 -Endpoint {proxy.Endpoint}");
        runspace.Run("'red-1', 'red-2', 'blue' | ForEach-Object { New-AgentEnvironment $_ -Specialization painter }").NoErrors();
        await proxy.QuietAsync();
        var before = proxy.Traffic;

        Assert.Equal(["red-1", "red-2"], Texts(runspace, "Invoke-AgentCommand re"));
        Assert.Equal(["blue"], Texts(runspace, "Remove-AgentEnvironment -AgentId B"));
        Assert.Equal(["blue"], Texts(runspace, "Get-SandboxMetrics -AgentId 'bl"));
        Assert.Equal(["red-1", "red-2"], Texts(runspace, "Get-SandboxEvent r"));
        Assert.Equal(["EngineBack", "EngineGone"], Texts(runspace, "Get-SandboxEvent -Kind Engine"));
        Assert.Equal(["blue", "red-1", "red-2"], Texts(runspace, "Test-SandboxHealth -Sandbox 'my sandbox' -AgentId "));
        Assert.Equal(["'my sandbox'"], Texts(runspace, "Get-Sandbox m"));
        Assert.Equal(["'my sandbox'"], Texts(runspace, "Get-SandboxPool -Sandbox "));
        Assert.Equal(["default"], Texts(runspace, "Set-SandboxPool "));
        Assert.Equal(["painter"], Texts(runspace, "New-AgentEnvironment x -Specialization pa"));
        Assert.Contains("Isolated", Texts(runspace, "New-AgentEnvironment x -Network "));
        Assert.DoesNotContain("host", Texts(runspace, "New-AgentEnvironment x -Network "));
        Assert.Contains("runc", Texts(runspace, "Initialize-Sandbox -Runtime "));
        Assert.Contains(Environment.GetEnvironmentVariable("CONTAINERSANDBOX_IMAGE")!, Texts(runspace, "Initialize-Sandbox -Image "));

        Assert.Equal(before, proxy.Traffic);
    }

    private static IEnumerable<string> Texts(ModuleRunspace runspace, string input) =>
        Complete(runspace, input).Select(match => match.CompletionText);

    private static Collection<CompletionResult> Complete(ModuleRunspace runspace, string input)
    {
        using var shell = PowerShell.Create();
        shell.Runspace = runspace.Runspace;
        return CommandCompletion.CompleteInput(input, input.Length, null, shell).CompletionMatches;
    }
}
