using ContainerSandbox.Engine.Presenting;

namespace ContainerSandbox.Presentation.Tests;

/// <summary>A sandbox with six agents and two hours behind it, all of whose strings of others' making are given.</summary>
internal static class ReportSamples
{
    public static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private const string SandboxId = "0123abcd";

    private static readonly HealthStatus[] Verdicts = [HealthStatus.Healthy, HealthStatus.Warning, HealthStatus.Critical, HealthStatus.Unknown];

    public static string Write(ReportContent content)
    {
        using var writer = new StringWriter();
        new HtmlReportWriter().Write(content, writer);
        return writer.ToString();
    }

    /// <param name="text">Stands behind each name, image, reason and cause.</param>
    /// <param name="agents">How many agents.</param>
    public static ReportContent Make(string text = "", int agents = 6)
    {
        var names = Enumerable.Range(1, agents).Select(number => $"agent-{number}{text}").ToList();
        return new ReportContent
        {
            CreatedAt = Now,
            From = Now.AddHours(-2),
            Sandbox = MakeSandbox(text),
            Summary = new SandboxSummary
            {
                SandboxId = SandboxId, Name = text, Environments = agents, Claims = 40, WarmClaims = 31, ColdClaims = 9, HitRate = 0.775,
                AverageWarmStartupTime = TimeSpan.FromMilliseconds(1.5), AverageColdStartupTime = TimeSpan.FromMilliseconds(412.25), Commands = 12345, ErrorRate = 0.0125,
            },
            Environments = [.. names.Select((name, index) => MakeEnvironment(name, text, Verdicts[index % Verdicts.Length], $"e{index}"))],
            Agents = [.. names.Take(SandboxReport.MostAgentsInFull).Select((name, index) => MakeAgent(name, text, index))],
            OtherAgents = Math.Max(0, agents - SandboxReport.MostAgentsInFull),
            Pools =
            [
                new SandboxPoolInfo
                {
                    SandboxId = SandboxId, Specialization = "default", Image = "busybox" + text, Memory = 512 << 20, Cpu = 1, PidsLimit = 64, Target = 5, Ready = 3,
                    Creating = 1, Removing = 0, State = PoolState.Filling, WarmClaims = 31, ColdClaims = 9, HitRate = 0.775, LastMissReason = MissReason.PoolEmpty, LastError = text,
                },
            ],
            Metrics = [.. names.Select((name, index) => MakeMetrics(name, index))],
            Recommendations =
            [
                .. names.Select(name => new SandboxRecommendation
                {
                    SandboxId = SandboxId, Kind = RecommendationKind.MemoryLimit, AgentId = name, Setting = "Memory", CurrentValue = "536870912",
                    RecommendedValue = "805306368", Reason = "its memory was used up" + text, ExpectedEffect = "processes live" + text, Evidence = "20 samples" + text,
                }),
            ],
            Events =
            [
                .. names.SelectMany((name, index) => new[]
                {
                    Happened(SandboxEventKind.Claimed, name, $"e{index}", -100, "warm in 1.5 ms" + text),
                    Happened(SandboxEventKind.HealthChanged, name, $"e{index}", -60, $"Healthy to {Verdicts[(index + 1) % 4]}: memory 91 % of its limit{text}"),
                    Happened(SandboxEventKind.HealthChanged, name, $"e{index}", -30, $"{Verdicts[(index + 1) % 4]} to {Verdicts[index % 4]}: memory 60 % of its limit{text}"),
                }),
            ],
        };
    }

    private static SandboxEvent Happened(SandboxEventKind kind, string agent, string environment, int minutes, string cause) => new()
    {
        Number = 1, SandboxId = SandboxId, Timestamp = Now.AddMinutes(minutes), Kind = kind, AgentId = agent, EnvironmentId = environment, Cause = cause,
    };

    // A saw of memory; no samples for a while in the middle, and some without figures later.
    private static ReportAgent MakeAgent(string name, string text, int index) => new()
    {
        AgentId = name,
        Points =
        [
            .. Enumerable.Range(0, 720).Where(number => number is < 300 or > 400).Select(number => new ResourceHistoryPoint
            {
                AgentId = name, SandboxId = SandboxId, EnvironmentId = $"e{index}", Timestamp = Now.AddHours(-2).AddSeconds(10 * number),
                Resolution = TimeSpan.FromSeconds(10), Samples = 10, Gaps = number is > 550 and < 600 ? 10 : 0, MemoryLimit = 512 << 20,
                MemoryMaximum = number is > 550 and < 600 ? null : (long)((100 + (index * 40) + (number % 120)) * 1048576.0),
                CpuMean = number is > 550 and < 600 ? null : 40 + (30 * Math.Sin((number / 40.0) + index)),
                GapReason = number is > 550 and < 600 ? "the engine did not answer" + text : "",
            }),
        ],
        Trends =
        [
            new ResourceTrend
            {
                AgentId = name, SandboxId = SandboxId, EnvironmentId = $"e{index}", Figure = ResourceFigure.Memory, Unit = "bytes", Direction = TrendDirection.Rising,
                Level = 3e8, SlopePerHour = 6e7, Limit = 512 << 20, TimeToLimit = TimeSpan.FromHours(3.9), Samples = 6200, From = Now.AddHours(-2), To = Now,
                Resolution = TimeSpan.FromSeconds(10),
            },
        ],
    };

    private static PerformanceMetrics MakeMetrics(string name, int index) => new()
    {
        AgentId = name, SandboxId = SandboxId, EnvironmentId = $"e{index}", State = AgentEnvironmentState.Running, Claims = 5 + index, WarmClaims = 4, ColdClaims = 1 + index,
        Commands = 1000 + index, AverageStartupTime = TimeSpan.FromMilliseconds(1.5), Samples = 6200, AverageMemoryUsage = 120 << 20, AverageCpuUsage = 38.25,
        ErrorRate = 0.01, SuccessRate = 0.99, NonZeroExitRate = 0.05, HealthCheckSuccessRate = null, ResourceEfficiencyScore = 0.61, LastOptimized = null,
    };

    private static AgentEnvironment MakeEnvironment(string name, string text, HealthStatus health, string id) => new()
    {
        AgentId = name, SandboxId = SandboxId, EnvironmentId = id, Specialization = "default" + text, Template = "default", State = AgentEnvironmentState.Running,
        StartupSource = StartupSource.Warm, MissReason = MissReason.None, StartupTime = TimeSpan.FromMilliseconds(1.5), OptimizationCheckTime = default,
        AllocationTime = default, VerificationTime = default, MonitoringTime = default, MetricsTime = default, Health = health, ContainerId = "c", ContainerName = "n",
        Image = "busybox" + text, WorkspacePath = "/workspace", MemoryLimit = 512 << 20, CpuLimit = 1, PidsLimit = 64, CreatedAt = Now.AddMinutes(-100), Weakenings = text, Tags = text,
    };

    private static SandboxInfo MakeSandbox(string text) => new()
    {
        SandboxId = SandboxId, Name = "night" + text, State = SandboxState.Ready, Image = "busybox" + text, ImageId = "sha256:1", Optimization = new StartupOptimization(),
        Engine = new EngineInfo
        {
            Endpoint = "unix:///run/engine.sock", Product = "Docker" + text, Version = "20.10", ApiVersion = "1.41", OperatingSystem = "linux", Architecture = "x86_64",
            ProcessorCount = 4, TotalMemory = 8L << 30, CgroupVersion = "2", CgroupDriver = "systemd", StorageDriver = "overlay2", Seccomp = true, Rootless = false,
            UserNamespaces = false, Runtimes = "runc", UnenforcedLimits = "",
        },
        Templates = "", PoolIdleTimeout = null, ImageChangePolicy = ImageChangePolicy.Ignore, ThrottleLimit = null, WarmupContainers = 5, Ready = 3, Environments = 6,
        Memory = 512 << 20, Cpu = 1, PidsLimit = 64, Weakenings = text, CreatedAt = Now.AddHours(-3), InitializationTime = TimeSpan.FromSeconds(1),
    };
}
