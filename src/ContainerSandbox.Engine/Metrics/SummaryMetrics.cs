using System.Globalization;

namespace ContainerSandbox.Engine.Metrics;

/// <summary>Makes of what was counted for a whole sandbox what people see.</summary>
internal static class SummaryMetrics
{
    private const int TopUsers = 3;
    private const double Megabyte = 1024 * 1024;

    /// <param name="total">What was counted for all agents together.</param>
    /// <param name="sandboxId">The sandbox.</param>
    /// <param name="name">Its name.</param>
    /// <param name="environments">Its environments as they are now.</param>
    /// <param name="uses">The newest samples of these.</param>
    public static SandboxSummary Of(
        AgentLedger total, string sandboxId, string name, IReadOnlyList<AgentEnvironment> environments, IReadOnlyList<ResourceSample> uses)
    {
        var (claims, commands) = (total.Claims, total.Commands);
        var (startup, durations) = (claims.Percentiles(0.5, 0.95, 0.99), commands.Percentiles(0.5, 0.95));
        int Count(Func<AgentEnvironment, bool> which) => environments.Count(which);
        return new SandboxSummary
        {
            SandboxId = sandboxId,
            Name = name,
            Environments = environments.Count,
            Running = Count(environment => environment.State == AgentEnvironmentState.Running),
            Lost = Count(environment => environment.State == AgentEnvironmentState.Lost),
            Healthy = Count(environment => environment.Health == HealthStatus.Healthy),
            Warning = Count(environment => environment.Health == HealthStatus.Warning),
            Critical = Count(environment => environment.Health == HealthStatus.Critical),
            UnknownHealth = Count(environment => environment.Health == HealthStatus.Unknown),
            Claims = claims.Served,
            WarmClaims = claims.Warm,
            ColdClaims = claims.Cold,
            MissReasons = claims.MissReasons,
            HitRate = AgentLedger.Rate(claims.Warm, claims.Served),
            AverageWarmStartupTime = AgentLedger.Mean(claims.WarmTime, claims.Warm),
            AverageColdStartupTime = AgentLedger.Mean(claims.ColdTime, claims.Cold),
            StartupTimeP50 = startup[0],
            StartupTimeP95 = startup[1],
            StartupTimeP99 = startup[2],
            Commands = commands.All,
            CommandTimeP50 = durations[0],
            CommandTimeP95 = durations[1],
            Timeouts = commands.Timeouts,
            ExitCodes = commands.ExitCodes,
            ErrorRate = total.ErrorRate,
            HealthCheckSuccessRate = AgentLedger.Rate(total.GoodHealthChecks, total.HealthChecks),
            MemoryReserved = environments.Sum(environment => environment.MemoryLimit),
            MemoryUsed = uses.Count == 0 ? null : uses.Sum(sample => sample.MemoryUsage ?? 0),
            CpuReserved = environments.Sum(environment => environment.CpuLimit),
            CpuUsed = uses.Any(sample => sample.CpuPercent is not null) ? uses.Sum(sample => sample.CpuPercent ?? 0) / 100 : null,
            TopMemory = Top(uses, sample => sample.MemoryUsage / Megabyte, "MB"),
            TopCpu = Top(uses, sample => sample.CpuPercent, "%"),
        };
    }

    private static string Top(IReadOnlyList<ResourceSample> uses, Func<ResourceSample, double?> figure, string unit) => string.Join(
        "; ",
        uses.Where(sample => figure(sample) > 0).OrderByDescending(figure).Take(TopUsers)
            .Select(sample => string.Create(CultureInfo.InvariantCulture, $"{sample.AgentId} {figure(sample):0.#} {unit}")));
}
