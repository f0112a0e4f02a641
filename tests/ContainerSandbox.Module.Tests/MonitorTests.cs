using System.Management.Automation.Runspaces;
using System.Reflection;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Measure-Sandbox and the monitor on the real engine.</summary>
public sealed class MonitorTests
{
    private const double Megabyte = 1024 * 1024;

    [Fact]
    public async Task Measure_ShowsWhatIsHeldWrittenAndRun()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 2");
        runspace.Run("'idle', 'busy' | ForEach-Object { New-AgentEnvironment $_ } | Out-Null").NoErrors();
        var before = runspace.Run("Measure-Sandbox busy").Single<ResourceSample>();
        runspace.Run("Invoke-AgentCommand busy 'head -c 41943040 /dev/zero > /workspace/held; for i in $(seq 25); do sleep 300 & done'").NoErrors();

        var after = runspace.Run("Measure-Sandbox").Of<ResourceSample>();

        Assert.Equal(["idle", "busy"], after.Select(sample => sample.AgentId));
        var busy = after[1];
        Assert.Equal(SampleSource.ControlGroup, busy.Source);
        Assert.Equal(before.ProcessCount + 25, busy.ProcessCount);
        Assert.InRange((busy.MemoryFileSystemUsage!.Value - before.MemoryFileSystemUsage!.Value) / Megabyte, 40, 40.1);
        Assert.InRange((busy.MemoryUsage!.Value - before.MemoryUsage!.Value) / Megabyte, 40, 50);
        Assert.Equal((512L << 20, ""), (busy.MemoryLimit, busy.GapReason));
        Assert.Null(busy.NetworkReceivedBytes);
        var shown = await TestEngine.MemoryAsync(runspace.Run("Get-AgentEnvironment busy").Single<AgentEnvironment>().ContainerId);
        Assert.InRange(busy.MemoryUsage!.Value / shown, 0.97, 1.03);
    }

    [Fact]
    public void Measure_ShowsHalfACoreAsSuch()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 1 -Cpu 0.5");
        runspace.Run("New-AgentEnvironment a | Out-Null; Measure-Sandbox a | Out-Null").NoErrors();

        // It would take all of a core, and gets half of one, whatever else the machine does; on a busy one less.
        runspace.Run("Invoke-AgentCommand a 'while :; do :; done' -TimeoutSeconds 3").NoErrors();
        var sample = runspace.Run("Measure-Sandbox a").Single<ResourceSample>();

        Assert.InRange(sample.CpuPercent!.Value, 5, 53);
        Assert.Equal(sample.CpuPercent.Value * 2, sample.CpuPercentOfLimit!.Value, 6);
        Assert.InRange(sample.ThrottledPercent!.Value, 0.1, 100);
        Assert.True(sample.ThrottledTime > TimeSpan.Zero);
    }

    [Fact]
    public void Measure_OfNobody_IsAnError()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");

        Assert.StartsWith("AgentEnvironmentNotFound,", runspace.Run("Measure-Sandbox nobody").SingleError().FullyQualifiedErrorId);
        Assert.Empty(runspace.Run("Measure-Sandbox none*").NoErrors().Output);
        Assert.Empty(runspace.Run("Measure-Sandbox").NoErrors().Output);
    }

    [Fact]
    public async Task Monitor_OutlivesThePipelineAndFillsMetricsAndHistory()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 1");
        Assert.Empty(runspace.Run("Get-SandboxMonitor").NoErrors().Output);
        var started = runspace.Run("New-AgentEnvironment a | Out-Null; Start-SandboxMonitor -IntervalSeconds 200ms").Single<SandboxMonitorInfo>();
        Assert.Equal((MonitorState.Running, TimeSpan.FromMilliseconds(200)), (started.State, started.Interval));

        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(
            runspace.Run("Get-SandboxMonitor").Single<SandboxMonitorInfo>() is { Ticks: >= 3, Environments: 1, Gaps: 0 })));
        var metrics = runspace.Run("Get-SandboxMetrics a").Single<PerformanceMetrics>();
        Assert.True(metrics is { Samples: >= 3, AverageMemoryUsage: > 100_000, AverageCpuUsage: >= 0 });
        Assert.True(runspace.Run("Get-SandboxResourceHistory a").Of<ResourceHistoryPoint>().Count >= 3);

        var again = runspace.Run("Start-SandboxMonitor -IntervalSeconds 60");
        Assert.Contains("runs already", Assert.Single(again.Warnings));
        Assert.Equal(started.StartedAt, again.Single<SandboxMonitorInfo>().StartedAt);

        Assert.Equal(MonitorState.Stopped, runspace.Run("Stop-SandboxMonitor -PassThru").Single<SandboxMonitorInfo>().State);
        Assert.Empty(runspace.Run("Stop-SandboxMonitor -PassThru").NoErrors().Output);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("25h")]
    [InlineData("'often'")]
    public void Start_WithAnIntervalThatCannotBe_IsRefused(string interval)
    {
        using var runspace = ModuleRunspace.Open();

        var error = runspace.Run($"Start-SandboxMonitor -IntervalSeconds {interval}").SingleError();

        Assert.StartsWith("ParameterArgumentTransformationError,", error.FullyQualifiedErrorId);
        Assert.Contains("from a tenth of a second to a day", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_StartsAndStopsNothing()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");

        runspace.Run("Start-SandboxMonitor -WhatIf").NoErrors();
        Assert.Empty(runspace.Run("Get-SandboxMonitor").Output);
        runspace.Run("Start-SandboxMonitor; Stop-SandboxMonitor -WhatIf").NoErrors();
        Assert.Equal(MonitorState.Running, runspace.Run("Get-SandboxMonitor").Single<SandboxMonitorInfo>().State);
    }

    [Fact]
    public async Task OnEvent_RunsApartForEachEventAndItsFailureIsOne()
    {
        var file = Path.GetTempFileName();
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 1");
        runspace.Run("$marker = 'the user''s'").NoErrors();

        runspace.Run(
            $$"""
            $null = Start-SandboxMonitor -IntervalSeconds 60 -OnEvent {
                param($happened)
                [System.IO.File]::AppendAllText('{{file}}', "$($happened.Kind) $($_.AgentId) [$marker] $((Get-AgentEnvironment -Sandbox $_.SandboxId).AgentId)`n")
                if ($happened.Kind -eq 'CommandEnded') { throw 'not today' }
                $ExecutionContext.SessionState.Path.SetLocation('/')
                1..100
            }
            $null = New-AgentEnvironment a
            $null = Invoke-AgentCommand a true
            """).NoErrors();

        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(
            runspace.Run("Get-SandboxEvent -Kind ScriptFailed").Of<SandboxEvent>() is [{ AgentId: "a" } failed] && failed.Cause.Contains("not today", StringComparison.Ordinal))));
        var lines = await File.ReadAllLinesAsync(file);
        Assert.Contains("Claimed a [] a", lines);
        Assert.Contains("CommandEnded a [] a", lines);
        Assert.Equal("the user's", runspace.Run("$marker").Single<string>());
        File.Delete(file);
    }

    [Fact]
    public async Task OnEvent_ThatHangs_IsStoppedAndHoldsUpNoSample()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 1");
        runspace.Run("$null = Start-SandboxMonitor -IntervalSeconds 200ms -OnEvent { while ($true) { } }; $null = New-AgentEnvironment a").NoErrors();

        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(
            runspace.Run("Get-SandboxEvent -Kind ScriptFailed").Of<SandboxEvent>().Any(failed => failed.Cause.Contains("was stopped", StringComparison.Ordinal)))));

        Assert.True(runspace.Run("Get-SandboxMonitor").Single<SandboxMonitorInfo>().Ticks >= 10);
    }

    [Fact]
    public async Task OnEvent_ThatCannotBeStopped_IsLeftBehindAndTheNextRuns()
    {
        var file = Path.GetTempFileName();
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 1");
        runspace.Run(
            $$"""
            $null = Start-SandboxMonitor -IntervalSeconds 60 -OnEvent {
                if ($_.Kind -eq 'Claimed') { [System.Threading.Thread]::Sleep(120000) }
                [System.IO.File]::AppendAllText('{{file}}', "$($_.Kind)`n")
            }
            $null = New-AgentEnvironment a
            $null = Invoke-AgentCommand a true
            """).NoErrors();

        // Long before the script ends by itself.
        Assert.True(await TestEngine.EventuallyAsync(
            async () => (await File.ReadAllTextAsync(file)).Contains("CommandEnded", StringComparison.Ordinal), TimeSpan.FromSeconds(60)));
        Assert.Contains("was stopped", Assert.Single(runspace.Run("Get-SandboxEvent -Kind ScriptFailed").Of<SandboxEvent>()).Cause, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task Runspace_IsNamedAndEndsWithTheMonitorAndTheSandbox()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0 -Name watched");
        Assert.Equal(0, Open());
        runspace.Run("$null = Start-SandboxMonitor").NoErrors();
        Assert.Equal(1, Open());
        runspace.Run("Stop-SandboxMonitor; $null = Start-SandboxMonitor -OnEvent { }").NoErrors();
        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(Open() == 1)));
        runspace.Run("$null = Remove-Sandbox").NoErrors();
        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(Open() == 0)));

        static int Open() => RunspacesOf("ContainerSandbox watched");
    }

    // What Get-Runspace reads, which is in a module that is not here.
    private static int RunspacesOf(string name)
    {
        var list = typeof(Runspace).GetProperty("RunspaceList", BindingFlags.NonPublic | BindingFlags.Static)!;
        return ((IReadOnlyList<Runspace>)list.GetValue(null)!).Count(
            runspace => runspace.Name == name && runspace.RunspaceStateInfo.State == RunspaceState.Opened);
    }
}
