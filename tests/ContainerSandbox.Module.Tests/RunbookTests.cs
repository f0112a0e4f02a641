using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>
/// The scripts in examples that are run beside working agents, on the real engine. Export-Csv and Start-Sleep are not part of PowerShell's engine:
/// stand-ins take their place.
/// </summary>
public sealed class RunbookTests : IDisposable
{
    private const string StandIns = """
        function Export-Csv([string] $Path) { $rows = @($input); [IO.File]::WriteAllText($Path, "$($rows.Count) rows") }
        function Start-Sleep([int] $Seconds) { }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task NightlyReport_KeepsFiles_AndItsExitCodeSaysHowItIs()
    {
        using var runspace = Open();
        runspace.Run("'a', 'b' | ForEach-Object { New-AgentEnvironment $_ } | Out-Null").NoErrors();

        Assert.Equal(0, ExitCode(runspace));
        Assert.Equal([".csv", ".csv", ".csv", ".html"], _folder.EnumerateFiles().Select(file => file.Extension).Order());
        Assert.Equal("2 rows", File.ReadAllText(_folder.EnumerateFiles("*-health.csv").Single().FullName));
        await LoseAsync(runspace, "a");
        Assert.Equal(2, ExitCode(runspace));
        runspace.Run("Get-Sandbox | Remove-Sandbox -Confirm:$false | Out-Null").NoErrors();
        Assert.Equal(3, ExitCode(runspace));
    }

    [Fact]
    public void CapacityReview_ShowsUseBesideLimits()
    {
        using var runspace = Open();
        runspace.Run("New-AgentEnvironment a -Memory 128MB | Out-Null; New-AgentEnvironment b -Memory 64MB | Out-Null; Measure-Sandbox | Out-Null").NoErrors();
        runspace.Run("Invoke-AgentCommand b 'head -c 15000000 /dev/zero > /workspace/held' | Out-Null; Measure-Sandbox | Out-Null").NoErrors();

        var review = runspace.Run($"& '{Script("capacity-review")}' -Since 1h").NoErrors().Output;

        Assert.Equal(["b", "a"], review.Select(agent => agent.Properties["AgentId"].Value));
        Assert.Equal(64L << 20, review[0].Properties["MemoryLimit"].Value);
        Assert.InRange((double)review[0].Properties["MemoryPeakShare"].Value, 0.2, 1);
    }

    [Fact]
    public async Task ReplaceUnhealthy_ReplacesWhatDoesNotWork_AndNothingElse()
    {
        using var runspace = Open();
        runspace.Run("New-AgentEnvironment a -Memory 128MB -Tag 'team=blue' | Out-Null; New-AgentEnvironment b | Out-Null").NoErrors();
        var before = Environments(runspace);
        await LoseAsync(runspace, "a");

        Assert.Empty(runspace.Run($"& '{Script("replace-unhealthy")}' -Rounds 1").NoErrors().Output);
        Assert.Empty(runspace.Run($"& '{Script("replace-unhealthy")}' -Rounds 2 -WhatIf").NoErrors().Output);
        Assert.Equal(before, Environments(runspace));
        var replaced = runspace.Run($"& '{Script("replace-unhealthy")}' -Rounds 3").Single<AgentEnvironment>();

        Assert.Equal(("a", 128L << 20, "team=blue", AgentEnvironmentState.Running), (replaced.AgentId, replaced.MemoryLimit, replaced.Tags, replaced.State));
        Assert.NotEqual(before["a"], replaced.EnvironmentId);
        Assert.Equal(before["b"], Environments(runspace)["b"]);
    }

    private static ModuleRunspace Open()
    {
        var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 2");
        runspace.Run(StandIns).NoErrors();
        return runspace;
    }

    private static string Script(string name) => Path.Combine(Repository.Root, "examples", $"{name}.ps1");

    private static Dictionary<string, string> Environments(ModuleRunspace runspace) =>
        runspace.Run("Get-AgentEnvironment").Of<AgentEnvironment>().ToDictionary(environment => environment.AgentId, environment => environment.EnvironmentId);

    private static async Task LoseAsync(ModuleRunspace runspace, string agent)
    {
        AgentEnvironment Now() => runspace.Run($"Get-AgentEnvironment {agent}").Single<AgentEnvironment>();
        await TestEngine.KillAsync(Now().ContainerId);
        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(Now().State == AgentEnvironmentState.Lost)));
    }

    private int ExitCode(ModuleRunspace runspace) =>
        runspace.Run($"$null = & '{Script("nightly-report")}' -Folder '{_folder.FullName}'; $LASTEXITCODE").Single<int>();
}
