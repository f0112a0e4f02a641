namespace ContainerSandbox.Module.Tests.Support;

/// <summary>One object of each emitted type.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 30, 0, TimeSpan.Zero);

    public static object Of(string type) => type switch
    {
        nameof(SandboxInfo) => Sandbox(),
        nameof(AgentEnvironment) => Environment(),
        nameof(CommandResult) => Command(),
        nameof(CleanupReceipt) => new CleanupReceipt
        {
            SandboxId = "1", AgentId = "a", Kind = CleanupKind.Environment, Name = "cs-1-2", ContainerId = "c", Verified = true,
            Duration = TimeSpan.FromMilliseconds(40), RemovedAt = Noon,
        },
        nameof(SandboxPoolInfo) => new SandboxPoolInfo
        {
            SandboxId = "1", Specialization = "default", Image = "busybox", Memory = 512L << 20, Cpu = 1, PidsLimit = 256,
            Target = 2, Ready = 1, Creating = 1, Removing = 0,
            State = PoolState.Ready, WarmClaims = 3, ColdClaims = 1, HitRate = 0.75, LastMissReason = MissReason.PoolEmpty, LastError = "",
        },
        nameof(PerformanceMetrics) => Metrics(),
        nameof(SandboxSummary) => new SandboxSummary
        {
            SandboxId = "1", Name = "default", Environments = 1, Claims = 4, WarmClaims = 3, ColdClaims = 1, HitRate = 0.75,
            AverageWarmStartupTime = TimeSpan.FromMilliseconds(2), AverageColdStartupTime = null, Commands = 9, ErrorRate = 0.125,
        },
        nameof(ResourceSample) => new ResourceSample
        {
            AgentId = "a", SandboxId = "1", EnvironmentId = "e", Timestamp = Noon, MemoryUsage = 40L << 20, MemoryLimit = 512L << 20, CpuPercent = 12.5,
            ThrottledPercent = 0, ProcessCount = 7, Source = SampleSource.ControlGroup,
        },
        nameof(SandboxMonitorInfo) => new SandboxMonitorInfo
        {
            SandboxId = "1", Name = "default", State = MonitorState.Running, Interval = TimeSpan.FromSeconds(5), StartedAt = Noon, Ticks = 12, SkippedTicks = 1,
            Environments = 3, Gaps = 0, SweepTimeP50 = TimeSpan.FromMilliseconds(0.5), SweepTimeP99 = TimeSpan.FromMilliseconds(2), CpuPercent = 0.0125,
        },
        nameof(HealthResult) => new HealthResult
        {
            AgentId = "a", SandboxId = "1", EnvironmentId = "e", Status = HealthStatus.Warning, Reasons = "memory nearly used up",
            CheckedAt = Noon, Duration = TimeSpan.FromMilliseconds(3),
        },
        nameof(ResourceHistoryPoint) => History(),
        nameof(ResourceTrend) => new ResourceTrend
        {
            AgentId = "a", SandboxId = "1", EnvironmentId = "e", Figure = ResourceFigure.Memory, Unit = "bytes", Direction = TrendDirection.Rising,
            Level = 120 << 20, SlopePerHour = 60 << 20, SlopePerHourLow = 50 << 20, SlopePerHourHigh = 70 << 20, LevelShift = -(5 << 20), LevelShiftAt = Noon,
            Limit = 512 << 20, TimeToLimit = TimeSpan.FromHours(6.5), TimeToLimitEarliest = TimeSpan.FromHours(5), TimeToLimitLatest = null,
            Samples = 600, From = Noon, To = Noon.AddMinutes(10), Resolution = TimeSpan.Zero,
        },
        nameof(SandboxEvent) => new SandboxEvent
        {
            Number = 7, SandboxId = "1", Timestamp = Noon, Kind = SandboxEventKind.Lost, AgentId = "a", EnvironmentId = "e", Cause = "its container was killed",
        },
        nameof(SandboxRecommendation) => new SandboxRecommendation
        {
            SandboxId = "1", Kind = RecommendationKind.MemoryLimit, AgentId = "a", EnvironmentId = "e", Specialization = "python", Setting = "Memory",
            CurrentValue = "536870912", RecommendedValue = "805306368", Reason = "memory was used up", ExpectedEffect = "none is ended", Evidence = "used up once",
        },
        nameof(SandboxOptimization) => new SandboxOptimization
        {
            SandboxId = "1", At = Noon, Kind = RecommendationKind.PoolTarget, Specialization = "default", Setting = "WarmupContainers", ValueBefore = "2",
            ValueAfter = "6", Reason = "5 claims missed",
        },
        nameof(EngineCheck) => new EngineCheck
        {
            Name = "SwapLimit", Status = CheckStatus.Warning, Detail = "What is swapped out is not limited.", Remedy = "swapoff -a",
        },
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no sample of this type."),
    };

    private static SandboxInfo Sandbox() => new()
    {
        SandboxId = "0123abcd", Name = "default", IsDefault = true, State = SandboxState.Ready, Image = "busybox", ImageId = "sha256:1",
        Engine = new EngineInfo
        {
            Endpoint = "unix:///var/run/docker.sock", Product = "Docker", Version = "20.10", ApiVersion = "1.41", OperatingSystem = "Linux",
            Architecture = "x86_64", ProcessorCount = 2, TotalMemory = 1L << 34, CgroupVersion = "2", CgroupDriver = "systemd",
            StorageDriver = "overlay2", Seccomp = true, Rootless = false, UserNamespaces = false, Runtimes = "runc", UnenforcedLimits = "",
        },
        Optimization = StartupOptimization.Development, Templates = "", PoolIdleTimeout = null, ImageChangePolicy = ImageChangePolicy.Replenish, ThrottleLimit = null,
        WarmupContainers = 2, Ready = 2, Environments = 0, Memory = 512L << 20, Cpu = 1, PidsLimit = 256, Weakenings = "", CreatedAt = Noon,
        InitializationTime = TimeSpan.FromSeconds(1.5),
    };

    private static AgentEnvironment Environment() => new()
    {
        AgentId = "a", SandboxId = "1", EnvironmentId = "e", Specialization = "planner", Template = "default",
        State = AgentEnvironmentState.Running, StartupSource = StartupSource.Warm, MissReason = MissReason.None,
        StartupTime = TimeSpan.FromMilliseconds(1.2), OptimizationCheckTime = TimeSpan.Zero, AllocationTime = TimeSpan.Zero,
        VerificationTime = TimeSpan.Zero, MonitoringTime = TimeSpan.Zero, MetricsTime = TimeSpan.Zero, Health = HealthStatus.Healthy,
        ContainerId = "c", ContainerName = "cs-1-2", Image = "busybox", WorkspacePath = "/workspace", MemoryLimit = 1536L << 20, CpuLimit = 0.5,
        PidsLimit = 64, CreatedAt = Noon, Weakenings = "", Tags = "",
    };

    private static CommandResult Command() => new()
    {
        AgentId = "a", SandboxId = "1", EnvironmentId = "e", Command = "true", ExitCode = 0, StandardOutput = "done\nand more\n",
        StandardError = "", Duration = TimeSpan.FromSeconds(1.25), TimedOut = false, Truncated = false, InvalidUtf8 = false, OomKilled = false,
        ProcessesLeft = 0, Source = CommandSource.Worker, StartedAt = Noon,
    };

    private static ResourceHistoryPoint History() => new()
    {
        AgentId = "a", SandboxId = "1", EnvironmentId = "e", Timestamp = Noon.AddMilliseconds(789), Resolution = TimeSpan.FromMinutes(10), Samples = 590,
        Gaps = 1, MemoryMinimum = 5L << 20, MemoryMean = 6L << 20, MemoryMaximum = (7L << 20) + 1, MemoryLimit = 1L << 29, CpuMinimum = 0,
        CpuMean = 12.345, CpuMaximum = 99.9, ProcessMinimum = 3, ProcessMean = 3.25, ProcessMaximum = 4, ThrottledTime = TimeSpan.FromTicks(1234567),
        DiskReadBytes = 1, DiskWriteBytes = long.MaxValue, NetworkReceivedBytes = null, NetworkSentBytes = null, GapReason = "not read, \"again\"",
    };

    private static PerformanceMetrics Metrics() => new()
    {
        AgentId = "a", SandboxId = "1", EnvironmentId = "e", State = AgentEnvironmentState.Running, Claims = 3, WarmClaims = 2, ColdClaims = 1,
        Commands = 7, Samples = 12, AverageStartupTime = TimeSpan.FromMilliseconds(2.5), AverageMemoryUsage = 10L << 20, AverageCpuUsage = 12.5, ErrorRate = 0,
        SuccessRate = 1, NonZeroExitRate = 0, HealthCheckSuccessRate = null, ResourceEfficiencyScore = null, LastOptimized = null,
    };
}
