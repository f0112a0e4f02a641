using System.Management.Automation;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Initialize-Sandbox -Workspace and what follows from it, on the real engine.</summary>
public sealed class WorkspaceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("containersandbox-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Workspace_IsTheFirstArgument_AndEachAgentHasAFolderInIt()
    {
        Write("planner/file", "prepared");
        using var runspace = ModuleRunspace.OpenInitialized($"'{_folder.FullName}/' -WarmupContainers 1");

        var environment = runspace.Run("New-AgentEnvironment planner").Single<AgentEnvironment>();
        var said = runspace.Run("Invoke-AgentCommand planner 'cat file; echo made >result'").Single<CommandResult>();

        Assert.Equal(_folder.FullName, runspace.Sandbox.Workspace);
        Assert.Equal((StartupSource.Warm, Place("planner")), (environment.StartupSource, environment.WorkspacePath));
        Assert.Equal("prepared", said.StandardOutput);
        runspace.Run("Remove-Sandbox").NoErrors();
        Assert.Equal("made\n", File.ReadAllText(Place("planner/result")));
        Assert.Equal(["planner"], Names());
    }

    [Theory]
    [InlineData("nothing", "InvalidWorkspace", ErrorCategory.InvalidArgument)]
    [InlineData("file", "InvalidWorkspace", ErrorCategory.InvalidArgument)]
    [InlineData("link", "InvalidWorkspace", ErrorCategory.InvalidArgument)]
    public void Workspace_ThatIsNoFolder_IsATypedError(string name, string errorId, ErrorCategory category)
    {
        Write("file", "");
        File.CreateSymbolicLink(Place("link"), Path.GetTempPath());
        TestEngine.Require();
        using var runspace = ModuleRunspace.Open();

        var error = runspace.Run($"Initialize-Sandbox '{Place(name)}'").SingleError();

        Assert.StartsWith(errorId + ",", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal(["file", "link"], Names());
    }

    [Fact]
    public void RemoveWorkspace_ShowsWhatItWouldDelete_AndDeletesItWithAReceipt()
    {
        using var runspace = ModuleRunspace.OpenInitialized($"'{_folder.FullName}' -WarmupContainers 0");
        runspace.Run("'a', 'b', 'c' | ForEach-Object { New-AgentEnvironment $_ }").NoErrors();
        Write("a/file", "1");

        runspace.Run("Remove-AgentEnvironment a -RemoveWorkspace -WhatIf").NoErrors();
        Assert.Contains($"delete its folder '{Place("a")}'", runspace.Host.Text);
        Assert.True(File.Exists(Place("a/file")));

        var receipts = runspace.Run("Remove-AgentEnvironment a -RemoveWorkspace").NoErrors().Of<CleanupReceipt>();
        Assert.Equal([CleanupKind.Environment, CleanupKind.Workspace], receipts.Select(receipt => receipt.Kind));
        Assert.Equal(("a", Place("a"), true), (receipts[1].AgentId, receipts[1].Name, receipts[1].Verified));
        runspace.Run("Remove-AgentEnvironment b").NoErrors();
        Assert.Equal([".slots", "b", "c"], Names());

        receipts = runspace.Run("Remove-Sandbox -RemoveWorkspace").NoErrors().Of<CleanupReceipt>();
        Assert.Equal([Place("c")], receipts.Where(receipt => receipt.Kind == CleanupKind.Workspace).Select(receipt => receipt.Name));
        Assert.Equal(["b"], Names());
    }

    [Fact]
    public async Task Kill_OfTheOwner_LeavesTheFolders_AndTheNextSandboxHasThem()
    {
        TestEngine.Require();
        using var owner = OtherOwner.Start(
            $"$null = Initialize-Sandbox '{_folder.FullName}' -Name death-workspace -WarmupContainers 2; $null = New-AgentEnvironment planner; "
            + "$null = Invoke-AgentCommand planner 'echo kept >file'; [Console]::WriteLine('ready'); [Threading.Thread]::Sleep(-1)");
        await owner.ReadLineAsync();

        using var beside = ModuleRunspace.OpenInitialized($"'{_folder.FullName}' -Name beside -WarmupContainers 0");
        var error = beside.Run("New-AgentEnvironment planner").SingleError();
        Assert.StartsWith("WorkspaceInUse,", error.FullyQualifiedErrorId);
        Assert.Equal("planner", error.TargetObject);

        await owner.KillAsync();

        beside.Run("New-AgentEnvironment planner").NoErrors();
        Assert.Equal("kept\n", beside.Run("Invoke-AgentCommand planner 'cat file'").Single<CommandResult>().StandardOutput);
        beside.Run("Remove-Sandbox").NoErrors();
        Assert.Equal(["planner"], Names());
    }

    [Fact]
    public void Export_WritesTheWorkspace_AndAFileMeansItFromWhereItIs()
    {
        using var runspace = ModuleRunspace.OpenInitialized($"'{_folder.FullName}' -WarmupContainers 0 -Template @{{ scratch = @{{ Image = '{Image}'; WarmupContainers = 0; WorkspaceKind = 'Memory' }} }}");
        var file = Path.Combine(_folder.FullName, "agents.json");

        runspace.Run($"Export-SandboxConfiguration '{file}'").NoErrors();
        Assert.Contains(_folder.FullName, File.ReadAllText(file));
        Assert.Contains("\"WorkspaceKind\": \"Memory\"", File.ReadAllText(file));

        File.WriteAllText(file, File.ReadAllText(file).Replace(_folder.FullName, "./inner", StringComparison.Ordinal));
        Directory.CreateDirectory(Place("inner"));
        runspace.Run("Remove-Sandbox").NoErrors();
        var read = runspace.Run($"Initialize-Sandbox -ConfigurationFile '{file}'").Single<SandboxInfo>();
        Assert.Equal(Place("inner"), read.Workspace);
        Assert.Equal("/workspace", runspace.Run("New-AgentEnvironment planner scratch").Single<AgentEnvironment>().WorkspacePath);
    }

    private static string Image => Environment.GetEnvironmentVariable("CONTAINERSANDBOX_IMAGE")!;

    private string[] Names() => [.. _folder.GetFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal)];

    private string Place(string path) => Path.Combine(_folder.FullName, path);

    private void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Place(path))!);
        File.WriteAllText(Place(path), content);
    }
}
