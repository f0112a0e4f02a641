using System.Xml.Linq;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Export-SandboxReport on the real engine.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string File => Path.Combine(_folder.FullName, "report.html");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Report_ShowsWhatWasMeasuredAndWhatHappened()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 1");
        runspace.Run("'red', 'blue' | ForEach-Object { New-AgentEnvironment $_ } | Out-Null; Measure-Sandbox | Out-Null; Measure-Sandbox | Out-Null").NoErrors();

        var file = runspace.Run($"Export-SandboxReport '{File}' -PassThru").Single<FileInfo>();

        Assert.Equal(File, file.FullName);
        var page = XDocument.Load(File).Root!;
        Assert.Equal(["blue", "red"], Headings(page, "environments").Order());
        Assert.Equal(["blue", "red"], Headings(page, "metrics").Order());
        Assert.Equal(2, Section(page, "use").Descendants("article").Count());
        Assert.Contains("Memory: ", Section(page, "use").Value);
        Assert.Contains("Claimed", Section(page, "events").Value);
        Assert.Contains("default", Headings(page, "pools"));
        Assert.Equal([File], Directory.EnumerateFiles(_folder.FullName));
    }

    [Fact]
    public void Agents_AreChosenByPattern_AndOneThatIsNotThereIsAnErrorBesideTheReport()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");
        runspace.Run("'red', 'blue' | ForEach-Object { New-AgentEnvironment $_ } | Out-Null").NoErrors();

        var error = runspace.Run($"Export-SandboxReport '{File}' -AgentId r*, nobody -Since 1h").SingleError();

        Assert.StartsWith("AgentEnvironmentNotFound,", error.FullyQualifiedErrorId);
        var page = XDocument.Load(File).Root!;
        Assert.Equal(["red"], Headings(page, "environments"));
        Assert.DoesNotContain("blue", page.Value);
    }

    [Fact]
    public void AFileThatIsThere_StaysUnlessForced_AndOneThatIsReadOnlyStaysAllTheSame()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");
        System.IO.File.WriteAllText(File, "mine");

        Assert.StartsWith("FileExists,", runspace.Run($"Export-SandboxReport '{File}'").SingleError().FullyQualifiedErrorId);
        runspace.Run($"Export-SandboxReport '{File}' -Force -WhatIf").NoErrors();
        System.IO.File.SetAttributes(File, FileAttributes.ReadOnly);
        Assert.StartsWith("FileNotWritable,", runspace.Run($"Export-SandboxReport '{File}' -Force").SingleError().FullyQualifiedErrorId);
        Assert.Equal("mine", System.IO.File.ReadAllText(File));
        System.IO.File.SetAttributes(File, FileAttributes.Normal);
        Assert.StartsWith("FileNotWritable,", runspace.Run($"Export-SandboxReport '{_folder.FullName}/none/a.html'").SingleError().FullyQualifiedErrorId);
        Assert.Empty(runspace.Run($"Export-SandboxReport '{File}' -Force").NoErrors().Output);
        Assert.StartsWith("<!DOCTYPE html>", System.IO.File.ReadAllText(File));
        Assert.Equal([File], Directory.EnumerateFiles(_folder.FullName));
    }

    private static XElement Section(XElement page, string id) => page.Descendants("section").Single(section => section.Attribute("id")!.Value == id);

    private static IEnumerable<string> Headings(XElement page, string id) =>
        Section(page, id).Descendants("tbody").Elements("tr").Select(row => row.Element("th")!.Value);
}
