using System.Management.Automation;
using System.Runtime.Loader;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Watch-Sandbox where nobody can watch: the input of a test is no terminal.</summary>
public sealed class WatchTests
{
    [Fact]
    public void WithoutATerminal_ItIsAnErrorThatNamesTheNextStep()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0 -Name watched");

        var result = runspace.Run("Watch-Sandbox");

        var error = result.SingleError();
        Assert.StartsWith("NotInteractive,", error.FullyQualifiedErrorId);
        Assert.Equal((ErrorCategory.InvalidOperation, "watched"), (error.CategoryInfo.Category, error.TargetObject));
        Assert.Contains("Get-SandboxMetrics", error.Exception.Message);
        Assert.Contains("Export-SandboxReport", error.ErrorDetails.RecommendedAction);
        Assert.Empty(result.Output);
        Assert.Equal("", runspace.Host.Text);
    }

    [Fact]
    public void WhatDraws_LoadsBesideTheEngine()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");
        runspace.Run("Watch-Sandbox").SingleError();

        var context = Assert.Single(AssemblyLoadContext.All, each => each.Name == "ContainerSandbox");
        Assert.DoesNotContain(AssemblyLoadContext.Default.Assemblies, assembly => assembly.GetName().Name!.StartsWith("Spectre.", StringComparison.Ordinal));
        var drawing = context.LoadFromAssemblyName(new System.Reflection.AssemblyName("Spectre.Console"));
        Assert.Same(context, AssemblyLoadContext.GetLoadContext(drawing));
        Assert.Contains(context.Assemblies, assembly => assembly.GetName().Name == "ContainerSandbox.Presentation");
    }

    [Theory]
    [InlineData("-RefreshSeconds 0")]
    [InlineData("-RefreshSeconds 25h")]
    [InlineData("-Newest -1")]
    public void BadInput_IsRefused(string parameters)
    {
        using var runspace = ModuleRunspace.Open();

        Assert.StartsWith("ParameterArgumentTransformationError,", runspace.Run($"Watch-Sandbox {parameters}").SingleError().FullyQualifiedErrorId);
    }
}
