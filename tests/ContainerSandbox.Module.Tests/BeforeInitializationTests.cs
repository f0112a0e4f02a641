using System.Management.Automation;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>What cmdlets say in a runspace where no sandbox was initialized. None of it needs an engine.</summary>
public sealed class BeforeInitializationTests
{
    [Theory]
    [InlineData("New-AgentEnvironment a")]
    [InlineData("Get-AgentEnvironment")]
    [InlineData("Remove-AgentEnvironment a")]
    [InlineData("Invoke-AgentCommand a 'true'")]
    [InlineData("'text' | Invoke-AgentCommand a cat")]
    [InlineData("Get-SandboxPool")]
    [InlineData("Get-SandboxEvent")]
    [InlineData("Get-SandboxMetrics")]
    [InlineData("Get-SandboxMetrics -Summary")]
    [InlineData("Get-SandboxResourceHistory")]
    [InlineData("Export-SandboxReport report.html")]
    [InlineData("Watch-Sandbox")]
    [InlineData("Get-SandboxRecommendation")]
    [InlineData("Optimize-Sandbox")]
    [InlineData("Optimize-Sandbox -Undo")]
    [InlineData("Test-SandboxHealth")]
    [InlineData("Test-SandboxHealth -Quiet")]
    [InlineData("Remove-Sandbox")]
    public void Cmdlet_WithoutSandbox_SaysWhatToRunFirst(string script)
    {
        using var runspace = ModuleRunspace.Open();

        var result = runspace.Run(script);

        var error = result.SingleError();
        Assert.StartsWith("SandboxNotInitialized,", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidOperation, error.CategoryInfo.Category);
        Assert.Contains("Run 'Initialize-Sandbox' first.", error.Exception.Message);
        Assert.Equal("Run 'Initialize-Sandbox' first.", error.ErrorDetails.RecommendedAction);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("Get-Sandbox")]
    [InlineData("Get-Sandbox *")]
    [InlineData("Remove-Sandbox *")]
    public void Listing_WithoutSandbox_IsEmpty(string script)
    {
        using var runspace = ModuleRunspace.Open();

        Assert.Empty(runspace.Run(script).NoErrors().Output);
    }

    [Theory]
    [InlineData("Get-Sandbox nosuch", "nosuch")]
    [InlineData("Remove-Sandbox nosuch", "nosuch")]
    [InlineData("New-AgentEnvironment a -Sandbox nosuch", "nosuch")]
    [InlineData("Get-SandboxPool -Sandbox 0123abcd", "0123abcd")]
    public void Cmdlet_WithUnknownSandbox_NamesIt(string script, string target)
    {
        using var runspace = ModuleRunspace.Open();

        var error = runspace.Run(script).SingleError();

        Assert.StartsWith("SandboxNotFound,", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal(target, error.TargetObject);
    }

    [Theory]
    [InlineData("Initialize-Sandbox -WhatIf")]
    [InlineData("Initialize-Sandbox -Endpoint unix:///no/such.sock -WhatIf")]
    public void Initialize_WithWhatIf_DoesNothing(string script)
    {
        using var runspace = ModuleRunspace.Open();

        Assert.Empty(runspace.Run(script).NoErrors().Output);
        Assert.Empty(runspace.Run("Get-Sandbox").NoErrors().Output);
        Assert.Contains("What if:", runspace.Host.Text);
    }
}
