using System.Runtime.Loader;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Where assemblies are loaded. The test process has copies of third-party assemblies in its default context from the start.</summary>
public sealed class LoadingTests
{
    [Fact]
    public void Import_PutsOnlyTheVocabularyIntoTheDefaultContext()
    {
        using var runspace = ModuleRunspace.Open();

        Assert.Contains("ContainerSandbox.Abstractions", NamesIn(AssemblyLoadContext.Default));
        Assert.DoesNotContain("ContainerSandbox.Engine", NamesIn(AssemblyLoadContext.Default));
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
