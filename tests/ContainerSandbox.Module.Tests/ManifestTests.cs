using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

public sealed class ManifestTests
{
    [Fact]
    public void Manifest_ExportsExactlyTheCmdlets()
    {
        using var runspace = ModuleRunspace.Open();

        var exported = runspace.Run("(Get-Module ContainerSandbox).ExportedCommands.Keys").NoErrors();

        Assert.Equal(ModuleAssembly.Cmdlets.Keys.Order(), exported.Of<string>().Order());
    }

    [Fact]
    public void Cmdlets_LoadInAPrerequisiteFreeRunspace()
    {
        using var runspace = ModuleRunspace.Open();

        var names = runspace.Run("Get-Command -Module ContainerSandbox | ForEach-Object Name").NoErrors();

        Assert.Equal(ModuleAssembly.Cmdlets.Count, names.Output.Count);
    }

    [Fact]
    public void ModuleAssembly_ReferencesOnlyPowerShellAndItsOwn()
    {
        var references = ModuleAssembly.Instance.GetReferencedAssemblies().Select(name => name.Name!);

        var foreign = references.Where(name =>
            name is not ("System.Management.Automation" or "ContainerSandbox.Abstractions" or "ContainerSandbox.Engine")
            && !IsFramework(name));
        Assert.Empty(foreign);
    }

    [Fact]
    public void Output_HoldsExactlyTheListedFiles()
    {
        var listed = File.ReadLines(Path.Combine(Repository.Root, "tools", "module-files.txt"))
            .Select(line => line.Split('#')[0])
            .Where(line => line.Contains("=>", StringComparison.Ordinal))
            .Select(line => line.Split("=>")[1].Trim());

        var present = Directory.EnumerateFiles(Repository.ModuleFolder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.ModuleFolder, file));

        Assert.Equal(listed.Order(StringComparer.Ordinal), present.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Output_HoldsNothingOfPowerShell()
    {
        var files = Directory.EnumerateFiles(Repository.ModuleFolder, "*.dll", SearchOption.AllDirectories).Select(Path.GetFileName);

        Assert.DoesNotContain("System.Management.Automation.dll", files);
        Assert.DoesNotContain("PowerShellStandard.Library.dll", files);
    }

    private static bool IsFramework(string name) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll"));
}
