namespace ContainerSandbox.Engine.Metrics;

/// <summary>Makes of what was counted for an agent what people see.</summary>
internal static class AgentMetrics
{
    public static PerformanceMetrics Of(AgentLedger agent, AgentEnvironment newest, AgentEnvironmentState state)
    {
        var (claims, commands, use) = (agent.Claims, agent.Commands, agent.Use);
        var (startup, durations) = (claims.Percentiles(0.5, 0.95, 0.99), commands.Percentiles(0.5, 0.95));
        var score = EfficiencyScore.Of(agent);
        return new PerformanceMetrics
        {
            AgentId = newest.AgentId,
            SandboxId = newest.SandboxId,
            EnvironmentId = newest.EnvironmentId,
            State = state,
            Claims = claims.Served,
            WarmClaims = claims.Warm,
            ColdClaims = claims.Cold,
            MissReasons = claims.MissReasons,
            Commands = commands.All,
            Timeouts = commands.Timeouts,
            ExitCodes = commands.ExitCodes,
            Samples = use.Samples,
            AverageStartupTime = AgentLedger.Mean(claims.WarmTime + claims.ColdTime, claims.Served),
            StartupTimeP50 = startup[0],
            StartupTimeP95 = startup[1],
            StartupTimeP99 = startup[2],
            AverageAllocationTime = claims.AverageAllocation,
            AverageVerificationTime = claims.AverageVerification,
            CommandTimeP50 = durations[0],
            CommandTimeP95 = durations[1],
            AverageMemoryUsage = use.AverageMemory,
            PeakMemoryUsage = use.PeakMemory,
            AverageCpuUsage = use.AverageCpu,
            ThrottledPercent = use.AverageThrottled,
            OomKills = Math.Max(use.OomKills, commands.OutOfMemory),
            DiskReadBytes = use.DiskReadBytes,
            DiskWriteBytes = use.DiskWriteBytes,
            NetworkReceivedBytes = use.NetworkReceivedBytes,
            NetworkSentBytes = use.NetworkSentBytes,
            ErrorRate = agent.ErrorRate,
            SuccessRate = 1 - agent.ErrorRate,
            NonZeroExitRate = AgentLedger.Rate(commands.NonZeroExits, commands.All),
            HealthCheckSuccessRate = AgentLedger.Rate(agent.GoodHealthChecks, agent.HealthChecks),
            ResourceEfficiencyScore = score?.Value,
            EfficiencyMemoryPart = score?.Memory,
            EfficiencyCpuPart = score?.Cpu,
            EfficiencyThrottlingPart = score?.Throttling,
            EfficiencyOomPart = score?.OutOfMemory,
            EfficiencyErrorPart = score?.Errors,
            LastOptimized = agent.LastOptimized,
        };
    }
}
