using System.Text.RegularExpressions;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>What people see of the emitted objects. None of it needs an engine.</summary>
public sealed partial class ViewTests
{
    public static TheoryData<string, string, string> Views => new()
    {
        { nameof(SandboxInfo), "Name SandboxId IsDefault State Image Ready Environments Memory InitializationTime", "512 MB" },
        {
            nameof(AgentEnvironment),
            "AgentId Specialization State StartupSource StartupTime Health MemoryLimit CpuLimit PidsLimit",
            "a planner Running Warm 1.2 ms Healthy 1.5 GB 0.5 64"
        },
        { nameof(CommandResult), "AgentId ExitCode Duration Source StandardOutput StandardError", "a 0 1.25 s Worker done" },
        { nameof(CleanupReceipt), "Kind AgentId Name Verified Duration Detail", "Environment a cs-1-2 True 40.0 ms" },
        {
            nameof(SandboxPoolInfo),
            "Specialization Image State Target Ready Creating Removing HitRate LastMissReason",
            "default busybox Ready 2 1 1 0 75% PoolEmpty"
        },
        {
            nameof(PerformanceMetrics),
            "AgentId State Claims Commands AverageStartupTime AverageMemoryUsage AverageCpuUsage ErrorRate",
            "a Running 3 7 2.5 ms 10 MB 12.5 % 0%"
        },
        {
            nameof(SandboxSummary),
            "Name Environments Claims WarmClaims ColdClaims HitRate AverageWarmStartupTime Commands ErrorRate",
            "default 1 4 3 1 75% 2.0 ms 9 12.5%"
        },
        {
            nameof(ResourceSample),
            "AgentId Timestamp MemoryUsage MemoryLimit CpuPercent ThrottledPercent ProcessCount Source GapReason",
            "a 12:30:00 40 MB 512 MB 12.5 % 0.0 % 7 ControlGroup"
        },
        {
            nameof(SandboxMonitorInfo),
            "Name State Interval Ticks SkippedTicks Environments Gaps SweepTimeP50 SweepTimeP99 CpuPercent",
            "default Running 5.00 s 12 1 3 0 0.5 ms 2.0 ms 0.013 %"
        },
        { nameof(HealthResult), "AgentId Status CheckedAt Duration Reasons", "a Warning 12:30:00 3.0 ms memory nearly used up" },
        {
            nameof(ResourceHistoryPoint),
            "AgentId Timestamp Resolution MemoryMean MemoryMaximum CpuMean CpuMaximum ProcessMaximum GapReason",
            "a 01-02 12:30:00 10 min 6 MB 7 MB 12.3 % 99.9 % 4 not read"
        },
        {
            nameof(ResourceTrend),
            "AgentId Figure Direction Level SlopePerHour LevelShift Limit TimeToLimit Samples",
            "a Memory Rising 120 MB 60 MB -5 MB 512 MB 6.5 h 600"
        },
        { nameof(SandboxEvent), "Number Timestamp Kind AgentId Cause", "7 12:30:00 Lost a its container was killed" },
        {
            nameof(SandboxRecommendation),
            "Kind AgentId Specialization Setting CurrentValue RecommendedValue Reason",
            "MemoryLimit a python Memory 512 MB 768 MB memory was used up"
        },
        {
            nameof(SandboxOptimization),
            "At Kind AgentId Specialization Setting ValueBefore ValueAfter Undone Reason",
            "12:30:00 PoolTarget default WarmupContainers 2 6 False 5 claims missed"
        },
        { nameof(EngineCheck), "Name Status Detail Remedy", "SwapLimit Warning What is swapped out is not limited. swapoff -a" },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public void Table_HasThePropertyNamesAndReadableValues(string type, string headers, string values)
    {
        using var runspace = ModuleRunspace.Open();

        runspace.Set("item", Samples.Of(type)).Run("$item | Out-Default").NoErrors();

        var lines = Colour().Replace(runspace.Host.Text, "").Split('\n').Where(line => line.Trim().Length > 0).ToList();
        Assert.Equal(headers, Squeeze(lines[0]));
        Assert.Contains(values, Squeeze(lines[2]));
        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= 120, line));
    }

    [Theory]
    [InlineData(nameof(AgentEnvironment))]
    [InlineData(nameof(CommandResult))]
    [InlineData(nameof(PerformanceMetrics))]
    [InlineData(nameof(ResourceHistoryPoint))]
    [InlineData(nameof(ResourceTrend))]
    [InlineData(nameof(SandboxEvent))]
    [InlineData(nameof(SandboxRecommendation))]
    [InlineData(nameof(SandboxOptimization))]
    [InlineData(nameof(HealthResult))]
    public void Properties_StayRaw(string type)
    {
        using var runspace = ModuleRunspace.Open();

        var kinds = runspace.Set("item", Samples.Of(type)).Run("$item.psobject.Properties | ForEach-Object { $_.TypeNameOfValue }").NoErrors();

        Assert.DoesNotContain(kinds.Of<string>(), kind => kind.Contains("Object", StringComparison.Ordinal) || kind.Contains("[]", StringComparison.Ordinal));
    }

    [GeneratedRegex("\\e\\[[0-9;]*m")]
    private static partial Regex Colour();

    private static string Squeeze(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
