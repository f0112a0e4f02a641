using System.Runtime.Loader;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Where assemblies are loaded. The test process has copies of third-party assemblies in its default context from the start.</summary>
public sealed class LoadingTests
{
    private const string LoadedAssemblies =
        "[System.Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object { foreach ($a in $_.Assemblies) { \"$($_.Name): $($a.GetName().Name)\" } }";

    [Fact]
    public async Task Import_LoadsTheVocabularyAndNoEngine()
    {
        var loaded = await FreshProcess.RunAsync(LoadedAssemblies);

        Assert.Contains("Default: ContainerSandbox", loaded);
        Assert.Contains("Default: ContainerSandbox.Abstractions", loaded);
        Assert.DoesNotContain(loaded, line => line.StartsWith("ContainerSandbox: ", StringComparison.Ordinal));
        Assert.DoesNotContain("Default: ContainerSandbox.Engine", loaded);
    }

    [Fact]
    public async Task Use_PutsNothingForeignIntoTheDefaultContext()
    {
        TestEngine.Require();

        var loaded = await FreshProcess.RunAsync($"$null = Initialize-Sandbox -WarmupContainers 0; {LoadedAssemblies}");

        Assert.Contains("ContainerSandbox: ContainerSandbox.Engine", loaded);
        Assert.Contains("ContainerSandbox: Docker.DotNet", loaded);
        Assert.DoesNotContain(
            loaded,
            line => line.StartsWith("Default: Docker.", StringComparison.Ordinal) || line.StartsWith("Default: Microsoft.Extensions.", StringComparison.Ordinal));
    }

    [Fact]
    public void Engine_AndWhatItNeeds_LoadInAContextOfTheirOwn()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");

        var names = NamesIn(PrivateContext());

        Assert.Superset(
            new HashSet<string>
            {
                "ContainerSandbox.Engine", "ContainerSandbox.Docker", "Docker.DotNet", "Microsoft.Extensions.Logging",
                "Microsoft.Extensions.Logging.Abstractions",
            },
            names);
        Assert.DoesNotContain("ContainerSandbox.Abstractions", names);
        Assert.DoesNotContain("System.Management.Automation", names);
    }

    [Fact]
    public void Presentation_LoadsBesideTheEngine()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            runspace.Run($"Export-SandboxReport '{folder.FullName}/a.html'").NoErrors();
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Assert.Contains("ContainerSandbox.Presentation", NamesIn(PrivateContext()));
        Assert.DoesNotContain("ContainerSandbox.Presentation", NamesIn(AssemblyLoadContext.Default));
    }

    [Fact]
    public void Engine_BesideAnotherModulesLogging_UsesItsOwn()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");

        var own = PrivateContext().Assemblies.Single(assembly => assembly.GetName().Name == "Microsoft.Extensions.Logging");
        var other = AssemblyLoadContext.Default.Assemblies.Single(assembly => assembly.GetName().Name == "Microsoft.Extensions.Logging");
        Assert.NotSame(own, other);
    }

    private static AssemblyLoadContext PrivateContext() => Assert.Single(AssemblyLoadContext.All, context => context.Name == "ContainerSandbox");

    private static HashSet<string> NamesIn(AssemblyLoadContext context) => [.. context.Assemblies.Select(assembly => assembly.GetName().Name!)];
}
