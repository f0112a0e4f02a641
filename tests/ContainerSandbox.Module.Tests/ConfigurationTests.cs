using System.Management.Automation;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Presets, configuration files and templates: what they come to, and what is wrong with them. All but the last needs no engine.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void EveryProblemOfAFile_IsNamedWithItsPlaceInOneError()
    {
        var file = Write("bad.json", """
            {
              "Preset": "Staging",
              "Memory": "lots",
              "Colour": "blue",
              "EnableImageCaching": "maybe",
              "Template": {
                "python": { "Image": "python:3", "Memory": 1, "Size": 2 },
                "Python": { "Image": "python:3" },
                "none": { "Cpu": 1 },
                "default": { "Image": "a" },
                "flat": 3
              }
            }
            """);

        var error = Initialize($"-ConfigurationFile '{file}'");

        Assert.StartsWith("InvalidConfiguration,", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal(file, error.TargetObject);
        foreach (var place in new[]
        {
            "Preset (line 2)", "Memory (line 3)", "Colour (line 4)", "EnableImageCaching (line 5)", "Template.python.Memory (line 7)",
            "Template.python.Size (line 7)", "Template.Python (line 8)", "Template.none (line 9)", "Template.default (line 10)", "Template.flat (line 11)",
        })
            Assert.Contains(place, error.Exception.Message);
        Assert.Contains("Development or Production", error.Exception.Message);
        Assert.Contains("Keys are Image, WarmupContainers, Memory, Cpu, PidsLimit, WorkspaceKind", error.Exception.Message);
    }

    [Fact]
    public void EveryProblemOfADataFile_IsNamedWithItsPlaceInOneError()
    {
        var file = Write("bad.psd1", """
            @{
                Memory = 512MB
                Cpu = $env:CPUS
                WarmupContainers = -1
                Template = @{
                    python = @{ Memory = 1GB }
                }
            }
            """);

        var message = Initialize($"-ConfigurationFile '{file}'").Exception.Message;

        Assert.DoesNotContain("Memory (line 2)", message);
        Assert.Contains("Cpu (line 3): '$env:CPUS'", message);
        Assert.Contains("WarmupContainers (line 4)", message);
        Assert.Contains("Template.python (line 6): the template has no Image", message);
    }

    [Theory]
    [InlineData("half.json", "{ \"Memory\": \"1GB\",\n  \"Cpu\": ", "(line 2)")]
    [InlineData("empty.json", "", "(line 1)")]
    [InlineData("list.json", "[1, 2]", "(line 1)")]
    [InlineData("half.psd1", "@{ Memory = '1GB'\n  Cpu = ", "(line 2)")]
    [InlineData("code.psd1", "Get-Date", "one hashtable")]
    [InlineData("twice.json", "{ \"Cpu\": 1,\n \"cpu\": 2 }", "cpu (line 2): the key is there already")]
    [InlineData("twice.psd1", "@{ Cpu = 1\n cpu = 2 }", "(line 2)")]
    [InlineData("settings.yaml", "Memory: 1GB", ".json or .psd1")]
    public void AFileThatCannotBeUnderstood_IsATypedError(string name, string text, string part)
    {
        var error = Initialize($"-ConfigurationFile '{Write(name, text)}'");

        Assert.StartsWith("InvalidConfiguration,", error.FullyQualifiedErrorId);
        Assert.Contains(part, error.Exception.Message);
    }

    [Fact]
    public void AFileThatIsNotThere_IsATypedError()
    {
        var error = Initialize($"-ConfigurationFile '{Path.Combine(_folder.FullName, "none.json")}'");

        Assert.StartsWith("InvalidConfiguration,", error.FullyQualifiedErrorId);
        Assert.Contains("cannot be read", error.Exception.Message);
    }

    [Theory]
    [InlineData("@{ python = @{ WarmupContainers = 3 } }", "Template.python: the template has no Image")]
    [InlineData("@{ python = @{ Image = ' ' } }", "Template.python: the template has no Image")]
    [InlineData("@{ python = @{ Image = 'a'; Memory = 'lots' } }", "Template.python.Memory: 'lots' cannot be used here. Accepted are: 512MB")]
    [InlineData("@{ python = @{ Image = 'a'; Memory = 1MB } }", "Template.python.Memory: 1048576 bytes of memory are too few")]
    [InlineData("@{ python = @{ Image = 'a'; Size = 3 } }", "Template.python.Size: there is no such key. Keys are Image, WarmupContainers, Memory, Cpu, PidsLimit")]
    [InlineData("@{ python = 'python:3' }", "Template.python: a template is a group of Image")]
    [InlineData("@{ Default = @{ Image = 'a' } }", "Template.Default: this name stands for")]
    public void ATemplateThatCannotBeUsed_IsATypedErrorWithItsPlace(string templates, string problem)
    {
        var error = Initialize($"-Template {templates}");

        Assert.StartsWith("InvalidTemplate,", error.FullyQualifiedErrorId);
        Assert.Contains(problem, error.Exception.Message);
    }

    [Fact]
    public void TwoTemplatesWhoseNamesDifferInCase_AreATypedError()
    {
        var error = Initialize("-Template $(" +
            "$table = [System.Collections.Hashtable]::new([System.StringComparer]::Ordinal); $table['py'] = @{ Image = 'a' }; $table['PY'] = @{ Image = 'b' }; $table)");

        Assert.StartsWith("InvalidTemplate,", error.FullyQualifiedErrorId);
        Assert.Contains("Template.py: another template has this name", error.Exception.Message);
    }

    [Fact]
    public void APresetThatDoesNotExist_IsABindingErrorThatNamesThoseThatDo()
    {
        var error = Initialize("-Preset Staging");

        Assert.StartsWith("ParameterArgumentTransformationError,", error.FullyQualifiedErrorId);
        Assert.Contains("Development or Production", error.Exception.Message);
    }

    [Fact]
    public void Export_RefusesAnotherExtensionAndAFileThatIsThere()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");
        var file = Write("there.json", "mine");

        Assert.StartsWith("FileExists,", runspace.Run($"Export-SandboxConfiguration '{file}'").SingleError().FullyQualifiedErrorId);
        Assert.StartsWith("InvalidConfiguration,", runspace.Run($"Export-SandboxConfiguration '{file}.yaml'").SingleError().FullyQualifiedErrorId);
        Assert.StartsWith("FileNotWritable,", runspace.Run($"Export-SandboxConfiguration '{_folder.FullName}/none/a.json'").SingleError().FullyQualifiedErrorId);
        runspace.Run($"Export-SandboxConfiguration '{file}' -Force -WhatIf").NoErrors();
        Assert.Equal("mine", File.ReadAllText(file));
        runspace.Run($"Export-SandboxConfiguration '{file}' -Force").NoErrors();
        Assert.StartsWith("{", File.ReadAllText(file));
        Assert.Equal([file], Directory.EnumerateFiles(_folder.FullName));
    }

    [Fact]
    public void APreset_GivesItsSixValues_EachOverriddenByItsParameter()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-Name plain");
        Assert.Equal(StartupOptimization.Development, runspace.Sandbox.Optimization);

        var production = runspace.Run("Initialize-Sandbox -Name full -Preset production -WarmupContainers 1 -EnableParallelStartup $false").Single<SandboxInfo>();

        Assert.Equal(
            new StartupOptimization { WarmupContainers = 1, EnableParallelStartup = false, PreloadBaseImages = true, StartupTimeout = TimeSpan.FromMinutes(1) },
            production.Optimization);
        Assert.Equal((true, true, 2, false, 30.0, true), Values(StartupOptimization.Development));
        Assert.Equal((true, true, 5, true, 60.0, true), Values(StartupOptimization.Production));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("psd1")]
    public void WhatIsExported_MakesTheSameSandbox(string extension)
    {
        var image = Environment.GetEnvironmentVariable("CONTAINERSANDBOX_IMAGE");
        using var runspace = ModuleRunspace.OpenInitialized(
            $$"""-Name "it's" -Preset Production -WarmupContainers 1 -Memory 128MB -Cpu 500m -PidsLimit 99 -ThrottleLimit 3 -PoolIdleTimeout 1h -StartupTimeout 90s -WritableRoot -User 1234 -AddCapability cap_chown, NET_BIND_SERVICE -Template @{ 'data-1' = @{ Image = '{{image}}'; WarmupContainers = 0; Memory = '100000000' }; tools = @{ Image = '{{image}}'; WritableRoot = $false; AllowExecInTmp = 'true'; AddCapability = 'KILL' } }""");
        var file = Path.Combine(_folder.FullName, $"sandbox.{extension}");
        runspace.Run("Set-SandboxPool tools -PidsLimit 77 -WarmupContainers 2; Set-SandboxPool -Cpu 0.25").NoErrors();
        runspace.Run($"Export-SandboxConfiguration '{file}'").NoErrors();
        var pools = runspace.Run("Get-SandboxPool").NoErrors().Of<SandboxPoolInfo>();
        var before = runspace.Run("Get-Sandbox").Single<SandboxInfo>();

        var after = runspace.Run($"$sandbox = Initialize-Sandbox -ConfigurationFile '{file}' -Force; $sandbox").Single<SandboxInfo>();

        Assert.NotEqual(before.SandboxId, after.SandboxId);
        Assert.Equal(Configuration(before), Configuration(after));
        Assert.Equal(pools.Select(Configuration), runspace.Run("Get-SandboxPool").NoErrors().Of<SandboxPoolInfo>().Select(Configuration));
        Assert.Equal(("tools", 77, 2), pools.Where(pool => pool.Specialization == "tools").Select(pool => (pool.Specialization, pool.PidsLimit, pool.Target)).Single());
        Assert.Equal(0.25, after.Cpu);
        Assert.Equal("WritableRoot, User=1234, AddCapability=CHOWN, AddCapability=NET_BIND_SERVICE, AddCapability=KILL, LeaseBreakable, AllowExecInTmp", after.Weakenings);
        Assert.Equal("User=1234, AddCapability=KILL, LeaseBreakable, AllowExecInTmp", pools.Single(pool => pool.Specialization == "tools").Weakenings);
    }

    [Fact]
    public void ParametersBesideAFile_Win_AndAPresetStandsForItsSixValues()
    {
        TestEngine.Require();
        using var runspace = ModuleRunspace.Open();
        var file = Write("base.json", """{ "Preset": "Production", "WarmupContainers": 1, "Memory": "128MB", "EnableParallelStartup": false }""");

        var one = runspace.Run($"Initialize-Sandbox -Name one -ConfigurationFile '{file}' -Memory 64MB").Single<SandboxInfo>();
        var two = runspace.Run($"Initialize-Sandbox -Name two -ConfigurationFile '{file}' -Preset Development").Single<SandboxInfo>();

        Assert.Equal((64L << 20, 1, true, false), (one.Memory, one.Optimization.WarmupContainers, one.Optimization.PreloadBaseImages, one.Optimization.EnableParallelStartup));
        Assert.Equal((128L << 20, StartupOptimization.Development), (two.Memory, two.Optimization));
    }

    private static (bool, bool, int, bool, double, bool) Values(StartupOptimization values) =>
        (values.EnableImageCaching, values.EnableParallelStartup, values.WarmupContainers, values.PreloadBaseImages, values.StartupTimeout.TotalSeconds, values.OptimizationEnabled);

    private static object Configuration(SandboxInfo sandbox) =>
        (sandbox.Name, sandbox.Image, sandbox.Optimization, sandbox.Templates, sandbox.Weakenings, sandbox.PoolIdleTimeout, sandbox.ThrottleLimit, (sandbox.Memory, sandbox.Cpu, sandbox.PidsLimit));

    private static object Configuration(SandboxPoolInfo pool) =>
        (pool.Specialization, pool.Image, pool.Target, pool.Memory, pool.Cpu, pool.PidsLimit, pool.Weakenings);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static ErrorRecord Initialize(string parameters)
    {
        using var runspace = ModuleRunspace.Open();
        return runspace.Run($"Initialize-Sandbox {parameters}").SingleError();
    }
}
