using System.Management.Automation;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Get-SandboxResourceHistory on the real engine.</summary>
public sealed class HistoryTests
{
    private const long Held = 40 << 20;

    [Fact]
    public void History_ShowsWhatWasMeasured()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 2");
        runspace.Run("'a', 'b' | ForEach-Object { New-AgentEnvironment $_ } | Out-Null; Measure-Sandbox | Out-Null").NoErrors();
        runspace.Run($"Invoke-AgentCommand a 'head -c {Held} /dev/zero > /workspace/held'").NoErrors();
        var sample = runspace.Run("Measure-Sandbox a").Single<ResourceSample>();

        var point = runspace.Run("Get-SandboxResourceHistory A -Newest 1").Single<ResourceHistoryPoint>();
        var stretches = runspace.Run("Get-SandboxResourceHistory a -Resolution 10m -Since 1h").Of<ResourceHistoryPoint>();

        Assert.Equal(
            (sample.MemoryUsage, sample.MemoryLimit, sample.TimestampUnixMs, sample.ProcessCount, TimeSpan.Zero),
            (point.MemoryMean, point.MemoryLimit, point.TimestampUnixMs, point.ProcessMaximum, point.Resolution));
        Assert.Equal((sample.EnvironmentId, sample.DiskWriteBytes, sample.ThrottledTime), (point.EnvironmentId, point.DiskWriteBytes, point.ThrottledTime));
        Assert.InRange(point.MemoryMean!.Value, Held, 2 * Held);
        Assert.InRange(stretches.Max(stretch => stretch.MemoryMaximum)!.Value - stretches.Min(stretch => stretch.MemoryMinimum)!.Value, Held * 9 / 10, 2 * Held);
        Assert.All(stretches, stretch => Assert.Equal(TimeSpan.FromMinutes(10), stretch.Resolution));
    }

    [Fact]
    public void Agents_AreFoundByNameByPatternAndByWhatIsPiped()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 2");
        runspace.Run("'blue', 'red' | ForEach-Object { New-AgentEnvironment $_ } | Out-Null; Measure-Sandbox | Out-Null").NoErrors();

        Assert.Equal(["blue", "red"], AgentsOf(runspace, "Get-SandboxResourceHistory"));
        Assert.Equal(["blue"], AgentsOf(runspace, "Get-SandboxResourceHistory bl*"));
        Assert.Equal(["red"], AgentsOf(runspace, "Get-AgentEnvironment red | Get-SandboxResourceHistory"));
        Assert.Equal(["red"], AgentsOf(runspace, "Measure-Sandbox red | Get-SandboxResourceHistory -Newest 1"));
        Assert.Equal(["red"], AgentsOf(runspace, "Get-SandboxResourceHistory -EnvironmentId (Get-AgentEnvironment red).EnvironmentId"));
        Assert.Empty(AgentsOf(runspace, "Get-SandboxResourceHistory none*"));
        Assert.Empty(AgentsOf(runspace, "Get-SandboxResourceHistory -Since ([datetimeoffset]::MaxValue)"));
        Assert.Empty(AgentsOf(runspace, "Get-SandboxResourceHistory blue -Trend -Since '2100-01-01 12:00'"));
    }

    [Theory]
    [InlineData("Get-SandboxResourceHistory nobody", "nobody")]
    [InlineData("Get-SandboxResourceHistory nobody -EnvironmentId e -Trend", "nobody")]
    [InlineData("Get-SandboxResourceHistory -EnvironmentId nosuch", "nosuch")]
    public void What_NobodyKnows_IsAnError(string script, string target)
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");

        var error = runspace.Run(script).SingleError();

        Assert.StartsWith("AgentEnvironmentNotFound,", error.FullyQualifiedErrorId);
        Assert.Equal((ErrorCategory.ObjectNotFound, target), (error.CategoryInfo.Category, error.TargetObject));
    }

    [Fact]
    public void Removed_AgentsKeepTheirHistory()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 1");
        runspace.Run("New-AgentEnvironment a | Out-Null; Measure-Sandbox | Out-Null; Remove-AgentEnvironment a | Out-Null").NoErrors();

        Assert.NotEmpty(runspace.Run("Get-SandboxResourceHistory a").Of<ResourceHistoryPoint>());
    }

    [Fact]
    public void Trend_TellsOfEachFigureWhereItGoes()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 1 -Memory 256MB -Cpu 0.5 -PidsLimit 99");
        runspace.Run("New-AgentEnvironment a | Out-Null").NoErrors();

        // Each sample finds 4 MB more: without any pause between them that is a steep slope, and never a shift.
        runspace.Run("foreach ($time in 1..14) { Invoke-AgentCommand a \"head -c 4194304 /dev/zero > /workspace/$time\"; Measure-Sandbox a | Out-Null }").NoErrors();
        var trends = runspace.Run("Get-SandboxResourceHistory a -Trend").Of<ResourceTrend>();

        var memory = trends.Single(trend => trend.Figure == ResourceFigure.Memory);
        Assert.Equal((TrendDirection.Rising, 256 << 20), (memory.Direction, memory.Limit));
        Assert.True(memory.SlopePerHour > 0 && memory.TimeToLimit > TimeSpan.Zero && memory.Samples >= 14);
        Assert.Equal(50, trends.Single(trend => trend.Figure == ResourceFigure.Cpu).Limit);
        Assert.Equal(99, trends.Single(trend => trend.Figure == ResourceFigure.Processes).Limit);
        Assert.DoesNotContain(trends, trend => trend.Figure is ResourceFigure.NetworkReceive or ResourceFigure.NetworkSend);
    }

    private static IEnumerable<string> AgentsOf(ModuleRunspace runspace, string script) =>
        runspace.Run(script).NoErrors().Of<ResourceHistoryPoint>().Select(point => point.AgentId).Distinct();
}
